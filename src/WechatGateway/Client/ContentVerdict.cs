namespace Courier.Wechat.Client;

/// <summary>What WeChat says of a text, a picture or a recording that customers put in.</summary>
public enum ContentVerdict
{
    /// <summary>pass: nothing was found.</summary>
    Pass,

    /// <summary>review: a person has to look.</summary>
    Review,

    /// <summary>risky: it must not be shown.</summary>
    Risky,

    /// <summary>No verdict, or one that this client does not know: to be treated as <see cref="Review"/>.</summary>
    Unknown,
}

/// <summary>WeChat's words for a verdict.</summary>
internal static class ContentVerdicts
{
    public static ContentVerdict Of(string? suggest) => suggest switch
    {
        "pass" => ContentVerdict.Pass,
        "review" => ContentVerdict.Review,
        "risky" => ContentVerdict.Risky,
        _ => ContentVerdict.Unknown,
    };
}
