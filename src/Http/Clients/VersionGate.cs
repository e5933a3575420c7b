using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Courier.Http.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Courier.Http.Clients;

/// <summary>Keeps versions of the app away that are too old to be served, and rolls new ones out by and by.</summary>
/// <param name="options">Which versions are served.</param>
public sealed class VersionGate(AppOptions options)
{
    /// <summary>The app's name for itself: <c>platform/version</c>, such as <c>mp-weixin/1.4.0</c>. Requests without it pass.</summary>
    public const string Header = "X-Courier-App";

    internal sealed record Mark;

    /// <summary>Where the app that asks stands; null when it does not name itself.</summary>
    /// <exception cref="BadInput">The header is malformed.</exception>
    public AppStanding? StandingOf(HttpRequest request)
    {
        if (request.Headers[Header].ToString() is not { Length: > 0 } name) return null;
        if (name.Split('/') is not [{ Length: >= 1 and <= 20 } platform, var text] || !AppVersion.TryParse(text, out var version)) throw new BadInput(Header, Texts.AppHeaderWrong);
        return Of(platform, version, CallerNames.Device(request));
    }

    /// <summary>Where a version of the app stands on a device.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="version">Its version.</param>
    /// <param name="device">The device; one that is not named takes part from 100 per cent on.</param>
    public AppStanding Of(string platform, AppVersion version, string? device)
    {
        if (options.Releases.FirstOrDefault(r => r.Platform == platform) is not { } release) return new(platform, version, default, null, AppState.Current, "");
        var latest = release.Newest is { } newest && TakesPart(device, newest, release.RolloutPercent) ? newest : (AppVersion?)null;
        var oldest = release.ForceLatest && latest is { } forced && forced > release.Oldest ? forced : release.Oldest;
        var state = version < oldest ? AppState.UpgradeRequired : version < latest ? AppState.UpgradeRecommended : AppState.Current;
        return new(platform, version, oldest, latest, state, release.News);
    }

    internal Task Check(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null && StandingOf(context.Request) is { State: AppState.UpgradeRequired } standing
            ? Refusal(standing).ExecuteAsync(context)
            : next(context);

    private static ProblemHttpResult Refusal(AppStanding standing)
    {
        var refusal = Problems.Refusal(StatusCodes.Status426UpgradeRequired, "app.upgrade_required", standing.Text);
        refusal.ProblemDetails.Extensions["minimum"] = standing.Minimum.ToString();
        return refusal;
    }

    // The place of a device in the order of a roll-out is another for each version, so that not the same people are always the first.
    private static bool TakesPart(string? device, AppVersion version, int percent)
    {
        if (percent >= 100 || device is null) return percent >= 100;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{version} {device}"));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) % 100 < percent;
    }
}

/// <summary>Puts endpoints behind the gate.</summary>
public static class GatedVersions
{
    /// <summary>Refuses versions of the app that are no longer served: 426 <c>app.upgrade_required</c> with <c>minimum</c>.</summary>
    public static T RefusesOldApps<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new VersionGate.Mark());
}

/// <summary>Where a version of the app stands.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Version">The version.</param>
/// <param name="Minimum">Older ones are refused on this device.</param>
/// <param name="Latest">What this device is to have; null when nothing newer is meant for it.</param>
/// <param name="State">What follows.</param>
/// <param name="News">What is new; may be empty.</param>
public sealed record AppStanding(string Platform, AppVersion Version, AppVersion Minimum, AppVersion? Latest, AppState State, string News)
{
    /// <summary>A sentence for the customer; empty when there is nothing to say.</summary>
    public string Text => State switch
    {
        AppState.Current => "",
        AppState.UpgradeRecommended => Texts.UpgradeRecommended,
        AppState.UpgradeRequired => Texts.UpgradeRequired,
    };
}

/// <summary>What a customer is told about the version.</summary>
public enum AppState
{
    /// <summary>Nothing.</summary>
    Current,

    /// <summary>There is a newer one.</summary>
    UpgradeRecommended,

    /// <summary>This one is no longer served.</summary>
    UpgradeRequired,
}
