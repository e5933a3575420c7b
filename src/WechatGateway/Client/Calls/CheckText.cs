namespace Courier.Wechat.Client.Calls;

/// <summary>Where a text or a picture is to appear; the numbers are WeChat's.</summary>
public enum ContentScene
{
    /// <summary>In a profile.</summary>
    Profile = 1,

    /// <summary>As a comment.</summary>
    Comment = 2,

    /// <summary>In a forum.</summary>
    Forum = 3,

    /// <summary>In a log that others read.</summary>
    SocialLog = 4,
}

/// <summary>
/// wxa/msg_sec_check, version 2: whether a text that a customer of the mini-program wrote may be shown. 61010 says that the person was
/// not there within two hours: a person has to look instead.
/// </summary>
/// <param name="OpenId">Who wrote it, in the mini-program.</param>
/// <param name="Scene">Where it is to appear.</param>
/// <param name="Text">At most 2500 characters.</param>
public sealed record CheckText(string OpenId, ContentScene Scene, string Text) : WechatCall<TextChecked>
{
    private const int Longest = 2500;

    /// <summary>The text.</summary>
    public string Text { get; } = Limit.Characters(Text, Longest, nameof(Text));

    /// <summary>Name of the person; null to leave it out.</summary>
    public string? Nickname { get; init; }

    /// <summary>Title of the text; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>The person's motto, in a profile; null to leave it out.</summary>
    public string? Signature { get; init; }

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxa/msg_sec_check");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) =>
        Json(new TextCheckBody(OpenId, (int)Scene, 2, Text, Nickname, Title, Signature), WechatJson.Relaxed.TextCheckBody);

    internal override TextChecked Read(CallAnswer answer)
    {
        var read = answer.Json(WechatJson.Relaxed.TextCheckAnswer);
        return new TextChecked(ContentVerdicts.Of(read.Result?.Suggest), read.Result?.Label, read.TraceId)
        {
            Findings = [.. (read.Detail ?? []).Where(d => d.Errcode == 0).Select(d => new TextFinding(d.Strategy ?? "", ContentVerdicts.Of(d.Suggest), d.Label, d.Prob, d.Keyword))],
        };
    }
}

/// <summary>Body of msg_sec_check.</summary>
internal sealed record TextCheckBody(
    [property: System.Text.Json.Serialization.JsonPropertyName("openid")] string OpenId, int Scene, int Version, string Content, string? Nickname, string? Title, string? Signature);

/// <summary>The answer of msg_sec_check.</summary>
internal sealed record TextCheckAnswer(CheckResult? Result = null, string TraceId = "", IReadOnlyList<CheckDetail>? Detail = null);

/// <summary>Part of the answer of msg_sec_check.</summary>
internal sealed record CheckResult(string? Suggest = null, int? Label = null);

/// <summary>Part of the answer of msg_sec_check.</summary>
internal sealed record CheckDetail(string? Strategy = null, int Errcode = 0, string? Suggest = null, int? Label = null, int? Prob = null, string? Keyword = null);

/// <summary>What WeChat found in a text.</summary>
/// <param name="Verdict">What to do with it.</param>
/// <param name="Label">100 nothing, 10001 advertising, 20001 politics, 20002 sex, 20003 abuse, 20006 crime, 20008 fraud, 20012 vulgar, 20013 copyright, 21000 other; null when WeChat left it out.</param>
/// <param name="TraceId">WeChat's number of the check.</param>
public sealed record TextChecked(ContentVerdict Verdict, int? Label, string TraceId)
{
    /// <summary>What each of WeChat's looks found; those that failed are left out.</summary>
    public IReadOnlyList<TextFinding> Findings { get; init; } = [];
}

/// <summary>What one of WeChat's looks found in a text.</summary>
/// <param name="Strategy">Which look, such as <c>content_model</c> or <c>keyword</c>.</param>
/// <param name="Verdict">What to do with the text by this look.</param>
/// <param name="Label">As in <see cref="TextChecked"/>.</param>
/// <param name="Probability">How sure it is, 0 to 100; null when it does not say.</param>
/// <param name="Keyword">The word that it met; null when it was none.</param>
public sealed record TextFinding(string Strategy, ContentVerdict Verdict, int? Label, int? Probability, string? Keyword);
