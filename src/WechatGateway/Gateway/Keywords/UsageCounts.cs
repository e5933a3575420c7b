using System.Security.Cryptography;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Insight;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Keywords;

/// <summary>What is counted.</summary>
internal enum UsageSubject
{
    /// <summary>Uses of a keyword; the item is the row's id.</summary>
    Keyword,

    /// <summary>Taps on a menu entry; the item is its key, its page's address, or the mini-program's page.</summary>
    Menu,
}

/// <summary>A keyword or a menu entry as it is counted.</summary>
internal sealed record UsageCountItem(string AppId, UsageSubject Subject, string Name)
{
    private const int Longest = 200, HashLength = 32;

    /// <summary>The name that an item is counted under: itself, or for a long address (WeChat takes 1024 bytes) its beginning and a hash of all of it.</summary>
    public static string NameOf(string item) => item.Length <= Longest
        ? item
        : $"{item[..(Longest - HashLength - 1)]}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item)))[..HashLength]}";
}

/// <summary>How often something was used, and when last.</summary>
internal readonly record struct UsageCountTotal(long Uses, DateTimeOffset LastAt);

/// <summary>Counts uses of keywords and taps on menus.</summary>
internal sealed partial class UsageCounts(Db db, TimeProvider clock, OnceAMinute seldom, ILogger<UsageCounts> log)
    : DayTotals<UsageCountItem, UsageCountTotal>(db, clock, seldom)
{
    private readonly TimeProvider _clock = clock;

    /// <summary>Counts one use.</summary>
    public void Add(string appId, UsageSubject subject, string item) =>
        Count(new UsageCountItem(appId, subject, UsageCountItem.NameOf(item)), new UsageCountTotal(1, _clock.GetUtcNow()));

    /// <inheritdoc />
    protected override UsageCountTotal Sum(UsageCountTotal before, UsageCountTotal more) => new(before.Uses + more.Uses, more.LastAt);

    /// <inheritdoc />
    protected override Task Write(Tx tx, IReadOnlyList<(long Day, UsageCountItem Item, UsageCountTotal Total)> counted, CancellationToken ct) => tx.UpsertRows(
        "wechat_usage_days", ["day", "app_id", "subject", "item", "writer", "uses", "last_at"],
        counted.Select(c => new object?[] { c.Day, c.Item.AppId, EnumText<UsageSubject>.Of(c.Item.Subject), c.Item.Name, Writer, c.Total.Uses, c.Total.LastAt }),
        "subject, day, app_id, item, writer", ["uses", "last_at"], ct);

    /// <inheritdoc />
    protected override void NotWritten(Exception error, long heldBack) => NotWritten(log, error, heldBack);

    [LoggerMessage(LogLevel.Warning, "Uses of keywords and menus could not be written; they are kept until the next time ({HeldBack} like this since the last line)")]
    private static partial void NotWritten(ILogger log, Exception error, long heldBack);
}
