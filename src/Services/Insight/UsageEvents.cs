using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Insight;

/// <summary>Over which channel somebody helped themselves.</summary>
public enum UsageChannel
{
    /// <summary>The chat of an official account or mini-program.</summary>
    Chat,

    /// <summary>Pages of the mini-program.</summary>
    MiniProgram,

    /// <summary>Pages in a browser.</summary>
    H5,

    /// <summary>Somebody who is not signed in.</summary>
    Guest,

    /// <summary>Staff at the desk.</summary>
    Desk,

    /// <summary>A clerk at an outlet.</summary>
    Outlet,

    /// <summary>A locker or kiosk.</summary>
    Device,
}

/// <summary>How an action ended.</summary>
public enum UsageOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused: wrong input, no right, a rule.</summary>
    Refused,

    /// <summary>Our fault.</summary>
    Failed,
}

/// <summary>What was counted of an action: how often, and how long it took together.</summary>
/// <param name="Uses">How often.</param>
/// <param name="Milliseconds">How long in all.</param>
public readonly record struct UsageTotal(long Uses, long Milliseconds);

/// <summary>An action as it is counted.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Channel">Over which channel.</param>
/// <param name="Source">Where it began.</param>
/// <param name="Page">Where it was asked.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record UsageItem(string Action, UsageChannel Channel, string Source, string Page, UsageOutcome Outcome);

/// <summary>
/// Counts self-service: what, over which channel, where it began, how long it took. Never who: no id, number or text of a person may be
/// given here.
/// </summary>
public sealed partial class UsageEvents(Db db, TimeProvider clock, OnceAMinute seldom, ILogger<UsageEvents> log) : DayTotals<UsageItem, UsageTotal>(db, clock, seldom)
{
    /// <summary>So many different things a day are counted; what comes beyond is counted under <c>others</c>.</summary>
    public const int MostItems = 5000;

    private const string Others = "others";
    private const int LongestAction = 60, LongestPlace = 40;

    /// <summary>Counts one action; never waits and never fails.</summary>
    /// <param name="action">What was done: lower-case letters, digits, dots and underscores, at most 60; anything else is counted under <c>others</c>.</param>
    /// <param name="channel">Over which channel.</param>
    /// <param name="source">Where it began (a menu, a QR code, a page): lower-case letters, digits, hyphens and underscores, at most 40; anything else counts as none.</param>
    /// <param name="page">Where it was asked (a page of the app, how it was said in the chat): like the source, with slashes too.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="outcome">How it ended.</param>
    public void Count(string action, UsageChannel channel, string source = "", string page = "", TimeSpan duration = default, UsageOutcome outcome = UsageOutcome.Done) =>
        Count(new UsageItem(IsAction(action) ? action : Others, channel, IsPlace(source) && !source.Contains('/') ? source : "", IsPlace(page) ? page : "", outcome), new UsageTotal(1, Math.Max(0, (long)duration.TotalMilliseconds)));

    /// <inheritdoc />
    protected override UsageItem Admit(UsageItem item, int known) => known < MostItems ? item : item with { Action = Others, Source = "", Page = "" };

    /// <inheritdoc />
    protected override UsageTotal Sum(UsageTotal before, UsageTotal more) => new(before.Uses + more.Uses, before.Milliseconds + more.Milliseconds);

    /// <inheritdoc />
    protected override Task Write(Tx tx, IReadOnlyList<(long Day, UsageItem Item, UsageTotal Total)> counted, CancellationToken ct) => tx.UpsertRows(
        "insight_usage_days", ["day", "action", "channel", "source", "page", "outcome", "writer", "uses", "total_ms"],
        counted.Select(c => new object?[] { c.Day, c.Item.Action, EnumText<UsageChannel>.Of(c.Item.Channel), c.Item.Source, c.Item.Page, EnumText<UsageOutcome>.Of(c.Item.Outcome), Writer, c.Total.Uses, c.Total.Milliseconds }),
        "day, action, channel, source, page, outcome, writer", ["uses", "total_ms"], ct);

    /// <inheritdoc />
    protected override void NotWritten(Exception error, long heldBack) => NotWritten(log, error, heldBack);

    private static bool IsAction(string text) => text.Length is >= 1 and <= LongestAction && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '.' or '_');

    // A run of digits may be somebody's number: such a place counts as none.
    private static bool IsPlace(string text) =>
        text.Length <= LongestPlace && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_' or '/') && text.Count(char.IsAsciiDigit) <= 6;

    [LoggerMessage(LogLevel.Warning, "Uses of self-service could not be written; they are kept until the next time ({HeldBack} like this since the last line)")]
    private static partial void NotWritten(ILogger log, Exception error, long heldBack);
}
