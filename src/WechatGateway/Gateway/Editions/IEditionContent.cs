using Courier.Kernel.Data;
using Courier.Services.Editions;

namespace Courier.WechatGateway.Editions;

/// <summary>What an edition is of.</summary>
internal enum EditionKind
{
    /// <summary>The menus of one account: that for everybody and those for followers with a tag.</summary>
    Menu,

    /// <summary>The keyword table of all accounts.</summary>
    Keywords,
}

/// <summary>A content that has editions: the menu of an account, or the keyword table.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AppId">The account; empty for what belongs to all.</param>
internal sealed record ContentName(EditionKind Kind, string AppId)
{
    /// <summary>Of which content it is an edition.</summary>
    public static ContentName Of(Edition edition) => new(EnumText<EditionKind>.Parse(edition.Kind), edition.Owner);

    /// <summary>As the audit trail names an edition of it.</summary>
    public string Subject(long number) => Kind switch
    {
        EditionKind.Menu => FormattableString.Invariant($"wechat_menu:{AppId}:{number}"),
        EditionKind.Keywords => FormattableString.Invariant($"wechat_keywords:{number}"),
    };
}

/// <summary>What the editions of a kind hold, and how they take effect.</summary>
internal interface IEditionContent
{
    EditionKind Kind { get; }

    /// <summary>Is there such a content, for this account?</summary>
    bool Knows(string appId);

    /// <summary>The content in the one form that is stored.</summary>
    /// <exception cref="Http.BadInput">It cannot be read.</exception>
    string Normal(string json);

    /// <summary>What is wrong with it.</summary>
    Task<IReadOnlyList<ContentProblem>> Problems(string appId, string content, CancellationToken ct);

    /// <summary>It line by line, as people compare two.</summary>
    Task<IReadOnlyList<string>> Lines(string appId, string content, CancellationToken ct);

    /// <summary>What of it is counted when it is used: a keyword row's id; a menu entry's key, address or page.</summary>
    IEnumerable<string> Counted(string content);

    /// <summary>Is any of it for followers with this tag only?</summary>
    bool NeedsTag(string content, string appId, long tagId);

    /// <summary>Makes it hold outside of our database; doing it again changes nothing.</summary>
    /// <exception cref="Wechat.Client.Errors.WechatException">WeChat did not take it, or not all of it.</exception>
    Task Deliver(string appId, string content, CancellationToken ct);

    /// <summary>What this process keeps of it is read anew.</summary>
    void Forget();
}
