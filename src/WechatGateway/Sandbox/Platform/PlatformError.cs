namespace Courier.Wechat.Sandbox.Platform;

/// <summary>A refusal as WeChat answers it, together with our own words for the rule behind it.</summary>
internal sealed class PlatformError(int code, string message, string? rule) : Exception(message)
{
    public int Code { get; } = code;
    /// <summary>The rule in words; null when the answer is a fact about the account and no rule was broken.</summary>
    public string? Rule { get; } = rule;
}
