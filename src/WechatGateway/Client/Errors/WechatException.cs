using System.Text.RegularExpressions;

namespace Courier.Wechat.Client.Errors;

/// <summary>A call that did not succeed, and what to do about it. It carries no token, secret or address.</summary>
public sealed partial class WechatException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="call">Path of the call, such as <c>/cgi-bin/message/template/send</c>.</param>
    /// <param name="code">errcode; null when no answer of WeChat was read.</param>
    /// <param name="reaction">What to do.</param>
    /// <param name="explanation">errmsg or the reason on our side.</param>
    /// <param name="cause">The exception behind it, or null.</param>
    public WechatException(string call, int? code, ErrorReaction reaction, string explanation, Exception? cause = null)
        : base(Describe(call, code, reaction, explanation), cause)
    {
        Call = call;
        Code = code;
        Reaction = reaction;
        Explanation = explanation;
        Rid = RidPattern().Match(explanation) is { Success: true } rid ? rid.Groups[1].Value : null;
        CallerIp = code is 40164 or 61004 && IpPattern().Match(explanation) is { Success: true } ip ? ip.Groups[1].Value : null;
    }

    /// <summary>Path of the call.</summary>
    public string Call { get; }

    /// <summary>errcode; null when no answer of WeChat was read.</summary>
    public int? Code { get; }

    /// <summary>What to do.</summary>
    public ErrorReaction Reaction { get; }

    /// <summary>errmsg or the reason on our side.</summary>
    public string Explanation { get; }

    /// <summary>WeChat's number of the request, to ask about it; null when it gave none.</summary>
    public string? Rid { get; }

    /// <summary>For 40164: the address that has to be put on the white list; null otherwise.</summary>
    public string? CallerIp { get; }

    /// <summary>Whether the request went out and only its answer is missing; set for calls that may be repeated, too.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>For a used-up quota: when the call is made again; null otherwise. Until then the client refuses it without asking WeChat.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>Whether it may have been done all the same.</summary>
    public bool IsAmbiguous => Reaction == ErrorReaction.Ambiguous;

    private static string Describe(string call, int? code, ErrorReaction reaction, string explanation)
    {
        var what = code is null ? "no answer" : $"error {code}";
        var hint = code is 40164 or 61004 && IpPattern().Match(explanation) is { Success: true } ip
            ? $" Put {ip.Groups[1].Value} on the IP white list of the account." : "";
        return $"WeChat {call}: {what}, {explanation} ({reaction}).{hint}";
    }

    [GeneratedRegex(@"rid:?\s*([0-9A-Za-z-]{6,64})", RegexOptions.CultureInvariant)]
    private static partial Regex RidPattern();

    [GeneratedRegex(@"invalid ip (?:::ffff:)?([0-9a-fA-F.:]{3,45})", RegexOptions.CultureInvariant)]
    private static partial Regex IpPattern();
}
