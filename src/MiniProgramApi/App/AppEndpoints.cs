using Courier.Http;
using Courier.Http.Clients;
using Courier.Http.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.App;

/// <summary>Whether the app on a phone is new enough; the only operation that versions which are too old may still ask.</summary>
internal static class AppEndpoints
{
    public static void MapAppVersion(this RouteGroupBuilder app) =>
        app.MapGet("/version", Show).ForGuests(perMinute: 60).WithName("ShowAppVersion").WithSummary("Is this version of the app still served, and is there a newer one for this device?")
            .WithDescription($"Header {VersionGate.Header} (platform/version), or query platform and version; header {CallerNames.DeviceHeader}. `latest` is null while the newest version is "
                + "not yet meant for this device. `state`: current, upgrade_recommended, upgrade_required (all other operations answer 426 app.upgrade_required).");

    private static Ok<AppVersionAnswer> Show(string? platform, string? version, HttpRequest request, VersionGate gate)
    {
        if (string.IsNullOrEmpty(platform) && gate.StandingOf(request) is { } standing) return TypedResults.Ok(AppVersionAnswer.Of(standing));
        if (platform is not { Length: >= 1 and <= 20 }) throw new BadInput("platform", Texts.PlatformMissing);
        if (!AppVersion.TryParse(version, out var given)) throw new BadInput("version", Texts.VersionWrong);
        return TypedResults.Ok(AppVersionAnswer.Of(gate.Of(platform, given, CallerNames.Device(request))));
    }
}

/// <summary>Where a version of the app stands.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Version">The version that was asked about.</param>
/// <param name="Minimum">Older ones are refused on this device.</param>
/// <param name="Latest">What this device is to have; null when nothing newer is meant for it.</param>
/// <param name="State">current, upgrade_recommended, upgrade_required.</param>
/// <param name="Text">A sentence for the customer; empty when the version is current.</param>
/// <param name="News">What is new; may be empty.</param>
internal sealed record AppVersionAnswer(string Platform, string Version, string Minimum, string? Latest, AppState State, string Text, string News)
{
    public static AppVersionAnswer Of(AppStanding s) => new(s.Platform, s.Version.ToString(), s.Minimum.ToString(), s.Latest?.ToString(), s.State, s.Text, s.News);
}
