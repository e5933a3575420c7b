using System.Collections.Frozen;
using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Notifications;

/// <summary>Where a customer changed what they are told.</summary>
public enum PreferenceSource
{
    /// <summary>By words in the chat.</summary>
    Chat,

    /// <summary>On a page of the mini-program.</summary>
    Api,
}

/// <summary>What a customer wants to be told, and when. Answers, replies of agents and what the law demands come in any case.</summary>
/// <param name="KindsOff">Kinds that are switched off; only those of <see cref="Switchable"/>.</param>
/// <param name="QuietHours">Their own quiet hours; empty for none, null for the house's.</param>
/// <param name="IsSmsAllowed">May a short message be sent when nothing else reaches them?</param>
public sealed record NotificationPreferences(IReadOnlySet<NotificationKind> KindsOff, DailyHours? QuietHours, bool IsSmsAllowed)
{
    /// <summary>Kinds that a customer can switch off.</summary>
    public static IReadOnlyList<NotificationKind> Switchable { get; } = [NotificationKind.ParcelStatus, NotificationKind.ParcelWarning, NotificationKind.Incident];

    /// <summary>Who never changed anything: everything, with the house's quiet hours.</summary>
    public static NotificationPreferences Default { get; } = new(FrozenSet<NotificationKind>.Empty, null, true);

    /// <summary>Is this kind wanted?</summary>
    public bool Wants(NotificationKind kind) => !KindsOff.Contains(kind);

    /// <summary>When a notification may be sent: at once, or at the end of the quiet hours.</summary>
    /// <param name="kind">Answers do not wait for the end of quiet hours: the customer is awake.</param>
    /// <param name="isUrgent">Urgent ones do not wait either.</param>
    /// <param name="house">The house's quiet hours.</param>
    /// <param name="now">The moment.</param>
    public DateTimeOffset SendableAt(NotificationKind kind, bool isUrgent, DailyHours house, DateTimeOffset now) =>
        isUrgent || !Switchable.Contains(kind) ? now : Calendars.QuietHours.SendableAt(QuietHours ?? house, now);

    /// <summary>Switches kinds on or off.</summary>
    public NotificationPreferences With(bool isOn, params IReadOnlyCollection<NotificationKind> kinds) =>
        this with { KindsOff = (isOn ? KindsOff.Except(kinds) : KindsOff.Union(kinds.Where(Switchable.Contains))).ToFrozenSet() };

    /// <summary>What two records of one person want together: what either switched off is off; of two quiet hours these stand.</summary>
    public NotificationPreferences And(NotificationPreferences other) => With(isOn: false, [.. other.KindsOff]) with
    {
        QuietHours = QuietHours is { IsEmpty: false } || other.QuietHours is not { IsEmpty: false } ? QuietHours : other.QuietHours,
        IsSmsAllowed = IsSmsAllowed && other.IsSmsAllowed,
    };

    internal string KindsText => string.Join(',', Switchable.Where(KindsOff.Contains).Select(EnumText<NotificationKind>.Of));
}
