using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>Which EncodingAESKey the platform encrypts with: the configured one unless somebody changed it meanwhile.</summary>
internal static class AccountKeys
{
    public static string Current(SandboxState state, SandboxAccount account) =>
        state.Keys[account.AppId] is { } changed && changed.Configured == account.EncodingAesKey ? changed.Used : account.EncodingAesKey;

    public static void Change(SandboxState state, SandboxAccount account, string key) =>
        state.Keys.Put(account.AppId, new(account.EncodingAesKey, key));
}
