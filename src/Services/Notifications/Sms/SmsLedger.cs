using System.Diagnostics;
using System.Diagnostics.Metrics;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Notifications;

/// <summary>Short messages saved and sent over some days.</summary>
public sealed record SmsSums
{
    /// <summary>Messages that WeChat took in place of short messages.</summary>
    public required long SavedMessages { get; init; }

    /// <summary>Parts that they would have had.</summary>
    public required long SavedSegments { get; init; }

    /// <summary>What they would have cost, in fen.</summary>
    public required long SavedFen { get; init; }

    /// <summary>Short messages that were sent.</summary>
    public required long SentMessages { get; init; }

    /// <summary>Their parts.</summary>
    public required long SentSegments { get; init; }

    /// <summary>What they cost, in fen.</summary>
    public required long SentFen { get; init; }
}

/// <summary>Counts the short messages that pushes over WeChat saved, and those that had to be sent, by day in China.</summary>
public static class SmsLedger
{
    private static readonly Counter<long> Parts =
        CourierMetrics.Meter.CreateCounter<long>("courier_sms_segments_total", description: "Parts of short messages that notifications saved or took, by outcome (saved, sent).");

    private const string Sum =
        """
        select coalesce(sum(saved_messages), 0) as SavedMessages, coalesce(sum(saved_segments), 0) as SavedSegments, coalesce(sum(saved_fen), 0) as SavedFen,
          coalesce(sum(sent_messages), 0) as SentMessages, coalesce(sum(sent_segments), 0) as SentSegments, coalesce(sum(sent_fen), 0) as SentFen
        from notifications_sms_days
        where day >= @from and day <= @to
        """;

    private const string Add =
        """
        update notifications_sms_days
        set saved_messages = saved_messages + @savedMessages, saved_segments = saved_segments + @savedSegments, saved_fen = saved_fen + @savedFen,
          sent_messages = sent_messages + @sentMessages, sent_segments = sent_segments + @sentSegments, sent_fen = sent_fen + @sentFen
        where day = @day
        """;

    /// <summary>The sums of the last days, today included.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="clock">The time.</param>
    /// <param name="days">How many days in China; 1 for today.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<SmsSums> Of(ISqlReader db, TimeProvider clock, int days, CancellationToken ct)
    {
        var today = ChinaTime.Day(clock.GetUtcNow());
        return (await db.First<SmsSums>(Sum, new { from = Number(today.AddDays(1 - days)), to = Number(today) }, ct).ConfigureAwait(false))!;
    }

    internal static async Task Count(Tx tx, DateTimeOffset now, Change change, CancellationToken ct)
    {
        if (change == default) return;
        var day = Number(ChinaTime.Day(now));
        await tx.InsertRows("notifications_sms_days", ["day"], [[day]], ifAbsent: true, ct).ConfigureAwait(false);
        await tx.Execute(Add, new
        {
            day, savedMessages = change.SavedMessages, savedSegments = change.SavedSegments, savedFen = change.SavedFen,
            sentMessages = change.SentMessages, sentSegments = change.SentSegments, sentFen = change.SentFen,
        }, ct).ConfigureAwait(false);
        tx.AfterCommit(() => Measure(change));
    }

    private static void Measure(Change change)
    {
        if (change.SavedSegments > 0) Parts.Add(change.SavedSegments, new KeyValuePair<string, object?>("outcome", "saved"));
        if (change.SentSegments > 0) Parts.Add(change.SentSegments, new KeyValuePair<string, object?>("outcome", "sent"));
    }

    private static int Number(DateOnly day) => day.Year * 10000 + day.Month * 100 + day.Day;

    /// <summary>What is added to a day; negative where a saving is taken back.</summary>
    internal readonly record struct Change(
        long SavedMessages, long SavedSegments, long SavedFen, long SentMessages, long SentSegments, long SentFen);
}
