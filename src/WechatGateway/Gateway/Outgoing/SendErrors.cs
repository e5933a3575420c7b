using Courier.Services.Notifications;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Outgoing;

/// <summary>What an error of WeChat means for the message that was being sent: the client's table, in the ledger's words.</summary>
internal static class SendErrors
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5), Quota = TimeSpan.FromMinutes(1), Stopped = TimeSpan.FromMinutes(10);
    private const int TemplateIsGone = 40037;

    /// <summary>The outcome; reasons are short, stable and name nobody.</summary>
    /// <param name="error">What WeChat or the client said.</param>
    /// <param name="now">The time.</param>
    public static SendOutcome Outcome(WechatException error, DateTimeOffset now) => error.MayHaveArrived ? new SendOutcome.Ambiguous("no_answer") : error.Reaction switch
    {
        ErrorReaction.BackOff when error.Code is null => new SendOutcome.RetryLater(Busy, "away", IsOutage: true),
        ErrorReaction.BackOff => new SendOutcome.RetryLater(Busy, Reason(error, "busy")),
        // Waiting for midnight is for when no other channel takes the message.
        ErrorReaction.BreakCall when IsForTheDay(error, now) => new SendOutcome.NotAvailable(Reason(error, "quota"), OpensAt: error.BlockedUntil),
        ErrorReaction.BreakCall => new SendOutcome.RetryLater(error.BlockedUntil - now ?? Quota, Reason(error, "quota"), IsOutage: true),
        ErrorReaction.RefreshTokenOnce => new SendOutcome.RetryLater(Quota, Reason(error, "token")),
        ErrorReaction.FallBack => new SendOutcome.NotAvailable(Reason(error, "closed")),
        ErrorReaction.Drop => new SendOutcome.NotAvailable(Reason(error, "refused")),
        ErrorReaction.DropAndMarkUnreachable => new SendOutcome.Unreachable(Reason(error, "not_following")),
        ErrorReaction.Ambiguous => new SendOutcome.Ambiguous(Reason(error, "no_answer")),
        ErrorReaction.Ignore => new SendOutcome.Sent(null, false),
        ErrorReaction.StopAndAlert when error.Code is TemplateIsGone => new SendOutcome.NotAvailable(Reason(error, "template")),
        // The account is stopped, not the message: it waits until somebody, whom the client's alert has called, has looked at it.
        ErrorReaction.StopAndAlert => new SendOutcome.RetryLater(Stopped, Reason(error, "stopped"), IsOutage: true),
        ErrorReaction.NewMediaOnce or ErrorReaction.LoginAgain or ErrorReaction.Refuse or ErrorReaction.NeverRetry
            or ErrorReaction.Unknown => new SendOutcome.Rejected(Reason(error, "rejected")),
    };

    /// <summary>Does WeChat not know the template (any more)?</summary>
    public static bool IsTemplateGone(WechatException error) => error.Code is TemplateIsGone;

    /// <summary>Is the quota of the day used up, not only that of the minute?</summary>
    public static bool IsForTheDay(WechatException error, DateTimeOffset now) => error.BlockedUntil - now > TimeSpan.FromMinutes(2);

    /// <summary>For counters.</summary>
    public static string NameOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Sent => "sent",
        SendOutcome.NotAvailable => "not_available",
        SendOutcome.RetryLater => "retry",
        SendOutcome.Ambiguous => "ambiguous",
        SendOutcome.Unreachable => "unreachable",
        SendOutcome.Rejected => "rejected",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Reason(WechatException error, string word) =>
        error.Code is { } code ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{word}:{code}") : word;
}
