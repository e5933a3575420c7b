using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>Which EncodingAESKey the platform encrypts with: the configured one unless somebody changed it meanwhile.</summary>
internal static class AccountKeys
{
    public static string Current(SandboxState state, SandboxAccount account) => Override(state, account)?.Used ?? account.EncodingAesKey;

    /// <summary>The key of the next attempt: in the middle of a change the servers of the platform do not agree, every other one still has the old key.</summary>
    public static string ForAttempt(SandboxState state, SandboxAccount account, DateTimeOffset now, long attempt) =>
        Override(state, account) is { Other: { } other } half && now < half.AlternatesUntil && attempt % 2 == 1 ? other : Current(state, account);

    /// <summary>Changes the key; until then attempts alternate between the new one and the one before.</summary>
    public static void Change(SandboxState state, SandboxAccount account, string key, DateTimeOffset? alternatesUntil = null) =>
        state.Keys.Put(account.AppId, new(account.EncodingAesKey, key, alternatesUntil is null ? null : Current(state, account), alternatesUntil));

    static KeyOverride? Override(SandboxState state, SandboxAccount account) =>
        state.Keys[account.AppId] is { } changed && changed.Configured == account.EncodingAesKey ? changed : null;
}
