using Courier.Kernel.Data;

namespace Courier.Services.Notifications;

/// <summary>Short messages as the last way, and what they cost; section <c>Notifications:Sms</c>.</summary>
public sealed record SmsFallbackOptions
{
    /// <summary>Kinds that may go as a short message when WeChat does not reach the customer, separated by commas; empty for none.</summary>
    public string Kinds { get; init; } = "parcel_status,parcel_warning";

    /// <summary>Only those of them that are urgent.</summary>
    public bool OnlyUrgent { get; init; } = true;

    /// <summary>Kinds that went by short message before WeChat; each that WeChat takes counts as saved, when it could go as a short message now: to a verified phone of a customer who takes them, by <see cref="Kinds"/> and <see cref="OnlyUrgent"/>.</summary>
    public string Replaces { get; init; } = "parcel_status,parcel_warning";

    /// <summary>Price of a part of 70 characters (67 in longer messages), in fen.</summary>
    public int PriceFen { get; init; } = 5;

    /// <summary>Signature that the operator asks for, with its brackets; empty for none.</summary>
    public string Signature { get; init; } = "【快递】";

    /// <summary>How long the operator drops repeats by their Idempotency-Key; zero when it does not.</summary>
    public TimeSpan RecognisesRepeatsFor { get; init; } = TimeSpan.FromHours(24);

    internal IEnumerable<string> Problems()
    {
        foreach (var name in Names(Kinds).Concat(Names(Replaces)).Where(n => !EnumText<NotificationKind>.TryParse(n, out _)))
            yield return $"Sms:Kinds or Sms:Replaces names '{name}', which is no kind of notification";
        if (PriceFen is < 0 or > 1000) yield return "Sms:PriceFen must lie between 0 and 1000";
        if (Signature.Length > 20) yield return "Sms:Signature must have at most 20 characters";
        if (RecognisesRepeatsFor < TimeSpan.Zero) yield return "Sms:RecognisesRepeatsFor must not be negative";
    }

    internal IReadOnlySet<NotificationKind> KindSet() => Names(Kinds).Select(EnumText<NotificationKind>.Parse).ToHashSet();

    /// <summary>May this message of one of these kinds go as a short one, when there is a phone?</summary>
    internal bool Allows(OutgoingMessage message, IReadOnlySet<NotificationKind> kinds) =>
        message.IsSmsAllowed && kinds.Contains(message.Kind) && (message.IsUrgent || !OnlyUrgent);

    internal IReadOnlySet<NotificationKind> ReplacedSet() => Names(Replaces).Select(EnumText<NotificationKind>.Parse).ToHashSet();

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
