using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Sandbox.Tests;

/// <summary>The receiver's side of WeChat's encryption, written apart from the sandbox's so that a mistake shows.</summary>
public static class OwnCrypto
{
    public static string Sha1OfSorted(params string[] parts)
    {
        Array.Sort(parts, string.CompareOrdinal);
        var hash = SHA1.HashData(Encoding.ASCII.GetBytes(string.Join("", parts)));
        return string.Concat(hash.Select(part => part.ToString("x2")));
    }

    /// <summary>The random part, the message and the account's id, in that order.</summary>
    public static (string Random, string Message, string AppId) Open(string key, string encrypted)
    {
        var secret = Convert.FromBase64String(key + "=");
        using var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.None;
        aes.BlockSize = 128;
        using var decryptor = aes.CreateDecryptor(secret, secret[..16]);
        var cipher = Convert.FromBase64String(encrypted);
        (cipher.Length % 32).ShouldBe(0);
        var plain = decryptor.TransformFinalBlock(cipher, 0, cipher.Length);
        var pad = plain[^1];
        pad.ShouldBeInRange((byte)1, (byte)32);
        plain[^pad..].ShouldAllBe(part => part == pad);
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(plain.AsSpan(16, 4));
        return (Convert.ToHexString(plain[..16]), Encoding.UTF8.GetString(plain, 20, length), Encoding.UTF8.GetString(plain[(20 + length)..^pad]));
    }

    public static string Close(string key, string appId, string message)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes("0123456789abcdef"));
        var text = Encoding.UTF8.GetBytes(message);
        bytes.AddRange([(byte)(text.Length >> 24), (byte)(text.Length >> 16), (byte)(text.Length >> 8), (byte)text.Length]);
        bytes.AddRange(text);
        bytes.AddRange(Encoding.UTF8.GetBytes(appId));
        var pad = 32 - bytes.Count % 32;
        bytes.AddRange(Enumerable.Repeat((byte)pad, pad));
        var secret = Convert.FromBase64String(key + "=");
        using var aes = Aes.Create();
        aes.Padding = PaddingMode.None;
        using var encryptor = aes.CreateEncryptor(secret, secret[..16]);
        return Convert.ToBase64String(encryptor.TransformFinalBlock([.. bytes], 0, bytes.Count));
    }

    public static string EncryptedReply(string openid, string content, string key = SandboxHost.Key, string? signature = null)
    {
        var encrypted = Close(key, SandboxHost.AppId, Answers.TextReply(openid, content));
        var signed = signature ?? Sha1OfSorted(SandboxHost.Token, "1700000000", "nonce1", encrypted);
        return $"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt><MsgSignature><![CDATA[{signed}]]></MsgSignature><TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[nonce1]]></Nonce></xml>";
    }
}
