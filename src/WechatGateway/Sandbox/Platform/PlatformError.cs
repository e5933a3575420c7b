namespace Courier.Wechat.Sandbox.Platform;

/// <summary>A refusal as WeChat answers it, together with our own words for the rule behind it.</summary>
internal sealed class PlatformError(int code, string message, string rule) : Exception(message)
{
    public int Code { get; } = code;
    public string Rule { get; } = rule;
}
