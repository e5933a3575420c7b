using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Callback;

namespace Courier.WechatGateway.Spool;

/// <summary>A callback as a line of the spool: encrypted, because it holds what people write.</summary>
internal static class SpooledCallback
{
    public static string Line(Question question, DataKeys keys) =>
        keys.Encrypt($"{question.Account.AppId}\n{question.Key}\n{Encoding.UTF8.GetString(SavedInbound.Write(question.Inbound))}");

    /// <summary>Reads a line; false when it is damaged, its key is gone, or its account is not configured any more.</summary>
    public static bool TryRead(string line, DataKeys keys, WechatAccounts accounts, [NotNullWhen(true)] out Question? question)
    {
        question = null;
        if (!TryDecrypt(line, keys, out var text) || text.Split('\n', 3) is not [var appId, var key, var json]) return false;
        if (!accounts.TryFind(appId, out var account) || !SavedInbound.TryRead(Encoding.UTF8.GetBytes(json), out var inbound)) return false;
        question = new Question(account, inbound, key);
        return true;
    }

    private static bool TryDecrypt(string line, DataKeys keys, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = keys.Decrypt(line);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            text = null;
        }
        return text is not null;
    }
}
