using System.Collections.Frozen;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Notices;

/// <summary>What a customer wants to be told, and when.</summary>
internal static class PreferenceEndpoints
{
    public static void MapPreferences(this RouteGroupBuilder preferences)
    {
        preferences.MapGet("", Show).ForCustomers().WithName("ShowNotificationPreferences").WithSummary("What the customer is told, and when not");
        preferences.MapPut("", Change).ForCustomers().WithName("ChangeNotificationPreferences").WithSummary("Changes all of it")
            .WithDescription("`quietHours`: `HH:mm-HH:mm`, empty for none, null for the house's. Answers and replies of agents come in any case; urgent notices (pick-up codes) come in quiet hours, too.");
    }

    private static async Task<Ok<PreferencesAnswer>> Show(CurrentCustomer me, Db db, NotificationsOptions options, CancellationToken ct) =>
        TypedResults.Ok(PreferencesAnswer.Of(await CustomerPreferences.Of(db, CustomerId.Parse(me.Id), ct).ConfigureAwait(false), options));

    private static async Task<Ok<PreferencesAnswer>> Change(
        PreferencesBody body, CurrentCustomer me, Db db, TimeProvider clock, NotificationsOptions options, CancellationToken ct)
    {
        var wanted = new NotificationPreferences(FrozenSet<NotificationKind>.Empty, Hours(body.QuietHours), body.Sms ?? throw Missing("sms"))
            .With(body.ParcelStatus ?? throw Missing("parcelStatus"), [NotificationKind.ParcelStatus])
            .With(body.ParcelWarning ?? throw Missing("parcelWarning"), [NotificationKind.ParcelWarning])
            .With(body.Incident ?? throw Missing("incident"), [NotificationKind.Incident]);
        await CustomerPreferences.Save(db, clock, CustomerId.Parse(me.Id), wanted, PreferenceSource.Api, ct).ConfigureAwait(false);
        return TypedResults.Ok(PreferencesAnswer.Of(wanted, options));
    }

    private static DailyHours? Hours(string? text) => text is null ? null
        : text.Length <= 100 && DailyHours.TryParse(text, out var hours) && !hours.IsWholeDay ? hours : throw new BadInput("quietHours", Texts.QuietHoursWrong);

    private static BadInput Missing(string field) => new(field, Texts.SwitchMissing);
}

/// <summary>What a customer wants.</summary>
/// <param name="ParcelStatus">Tell when a parcel moves?</param>
/// <param name="ParcelWarning">Warn when a promise may break?</param>
/// <param name="Incident">Tell of bad weather and the like?</param>
/// <param name="QuietHours">Own quiet hours; empty for none, null for the house's.</param>
/// <param name="Sms">May short messages be sent when WeChat does not reach them?</param>
internal sealed record PreferencesBody(bool? ParcelStatus, bool? ParcelWarning, bool? Incident, string? QuietHours, bool? Sms);

/// <summary>What a customer wants, and what the house does by itself.</summary>
/// <param name="ParcelStatus">Told when a parcel moves.</param>
/// <param name="ParcelWarning">Warned when a promise may break.</param>
/// <param name="Incident">Told of bad weather and the like.</param>
/// <param name="QuietHours">Own quiet hours; empty for none, null for the house's.</param>
/// <param name="HouseQuietHours">The house's quiet hours; empty for none.</param>
/// <param name="Sms">Short messages when WeChat does not reach them.</param>
internal sealed record PreferencesAnswer(bool ParcelStatus, bool ParcelWarning, bool Incident, string? QuietHours, string HouseQuietHours, bool Sms)
{
    public static PreferencesAnswer Of(NotificationPreferences wanted, NotificationsOptions options) => new(
        wanted.Wants(NotificationKind.ParcelStatus), wanted.Wants(NotificationKind.ParcelWarning), wanted.Wants(NotificationKind.Incident),
        wanted.QuietHours?.Text, options.QuietHours, wanted.IsSmsAllowed);
}
