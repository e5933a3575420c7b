using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>What is pushed, and when; section <c>Notifications</c>.</summary>
public sealed record NotificationsOptions : ICheckedOptions
{
    /// <summary>Hours in China time in which nobody is told that a parcel moved; it waits for their end. <c>HH:mm-HH:mm</c>, empty for none.</summary>
    public string QuietHours { get; init; } = "";

    /// <summary>Statuses of a parcel that are pushed, separated by commas.</summary>
    public string PushedStatuses { get; init; } = "picked_up,out_for_delivery,in_locker,in_station,signed,delivery_failed,held,returning";

    /// <summary>Names of the values in the template messages of kind <c>parcel_status</c>.</summary>
    public ParcelTemplateKeys ParcelTemplate { get; init; } = new();

    /// <summary>Statuses that may disturb in quiet hours, separated by commas: who keeps a parcel for pick-up has to be told at once, and free storage runs.</summary>
    public string UrgentStatuses { get; init; } = "in_locker,in_station";

    /// <summary>Short messages as the last way, and what they cost.</summary>
    public SmsFallbackOptions Sms { get; init; } = new();

    /// <summary>How many changes that are due together for one customer become one message; 1 keeps each alone.</summary>
    public int MergeMost { get; init; } = 8;

    /// <summary>How long what no channel reaches waits for the customer to write or tap, counted from when it was planned.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromDays(3);

    /// <summary>After a send whose answer did not come, how long what follows it about the same subject waits, so that it does not arrive first.</summary>
    public TimeSpan SettleAfterNoAnswer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Notifications taken in one portion.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Messages on their way at the same time: as many connections.</summary>
    public int Parallel { get; init; } = 32;

    /// <summary>How long a portion belongs to the process that took it; after a crash the next one takes it over then.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After so many attempts a notification is dead. Those that met a far end that was away do not count.</summary>
    public int Attempts { get; init; } = 10;

    /// <summary>How long after its first attempt a notification waits for a far end that is away (an outage, a used-up quota) before it is dead.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long after its first attempt an urgent notification waits for a far end that is away before the next channels are tried.</summary>
    public TimeSpan UrgentWaitsForOutage { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Delay before the second attempt; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The delay grows no further than this.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long finished notifications are kept, in days.</summary>
    public int KeepDays { get; init; } = 180;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (!DailyHours.TryParse(QuietHours, out _)) yield return "QuietHours must be HH:mm-HH:mm, or empty for none";
        foreach (var name in Statuses(UrgentStatuses).Where(n => !EnumText<ParcelStatus>.TryParse(n, out _)))
            yield return $"UrgentStatuses names '{name}', which is no status of a parcel";
        foreach (var problem in Sms.Problems()) yield return problem;
        if (MergeMost is < 1 or > 20) yield return "MergeMost must lie between 1 and 20";
        if (HoldFor < TimeSpan.Zero || HoldFor > TimeSpan.FromDays(30)) yield return "HoldFor must lie between 0 and 30 days";
        if (SettleAfterNoAnswer < TimeSpan.Zero || SettleAfterNoAnswer > TimeSpan.FromMinutes(10)) yield return "SettleAfterNoAnswer must lie between 0 and 00:10:00";
        foreach (var name in Statuses(PushedStatuses).Where(n => !EnumText<ParcelStatus>.TryParse(n, out _)))
            yield return $"PushedStatuses names '{name}', which is no status of a parcel";
        if (BatchSize is < 1 or > 1000) yield return "BatchSize must lie between 1 and 1000";
        if (Parallel is < 1 or > 256) yield return "Parallel must lie between 1 and 256";
        if (Lease < TimeSpan.FromSeconds(40)) yield return "Lease must be 00:00:40 or more";
        if (Attempts is < 1 or > 100) yield return "Attempts must lie between 1 and 100";
        if (GiveUpAfter < TimeSpan.FromMinutes(1) || GiveUpAfter > TimeSpan.FromDays(30)) yield return "GiveUpAfter must lie between 00:01:00 and 30 days";
        if (UrgentWaitsForOutage < TimeSpan.Zero) yield return "UrgentWaitsForOutage must not be negative";
        if (FirstDelay <= TimeSpan.Zero || LongestDelay < FirstDelay) yield return "FirstDelay must be positive and not above LongestDelay";
        if (KeepDays is < 1 or > 3650) yield return "KeepDays must lie between 1 and 3650";
    }

    internal IReadOnlySet<ParcelStatus> Pushed() => Statuses(PushedStatuses).Select(EnumText<ParcelStatus>.Parse).ToHashSet();

    internal IReadOnlySet<ParcelStatus> Urgent() => Statuses(UrgentStatuses).Select(EnumText<ParcelStatus>.Parse).ToHashSet();

    private static string[] Statuses(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Names of the values in a template of kind <c>parcel_status</c>, as the account's template has them. An empty name leaves the value out.</summary>
public sealed record ParcelTemplateKeys
{
    /// <summary>The waybill's number.</summary>
    public string Waybill { get; init; } = "character_string1";

    /// <summary>The status in at most five characters.</summary>
    public string Status { get; init; } = "phrase2";

    /// <summary>When it happened.</summary>
    public string Time { get; init; } = "time3";

    /// <summary>Where it is.</summary>
    public string Place { get; init; } = "thing4";

    /// <summary>What to do, or why.</summary>
    public string Note { get; init; } = "thing5";
}
