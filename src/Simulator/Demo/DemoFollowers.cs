using System.Net.Http.Json;
using Courier.Simulator.Play;
using Courier.Simulator.Sms;
using Courier.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Courier.Simulator.Demo;

/// <summary>How far a demo customer has come with the account.</summary>
internal sealed record FollowerProgress(string OpenId, bool Follows = false, bool Bound = false, DateTimeOffset? AskedAt = null, int Attempts = 0);

/// <summary>
/// Makes the demo customers follow the account and every other one bind their phone, as people do it: they ask in the
/// chat, read the code on their phone and say it. Each step is repeated until it is done; done steps are never repeated.
/// </summary>
internal sealed class DemoFollowers(SimulatorOptions options, StateFile state, SmsStore sms, TimeProvider time, HttpClient http, ILogger<DemoFollowers> log)
{
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    readonly Dictionary<string, FollowerProgress> _progress = state.All<FollowerProgress>("follower").ToDictionary(each => each.OpenId);
    DateTimeOffset _notBefore;
    int _failures;

    /// <summary>Takes the next step of everybody who has one to take.</summary>
    public async Task Continue(CancellationToken ct)
    {
        if (options.DemoAppId == "" || time.GetUtcNow() < _notBefore) return;
        foreach (var (person, index) in DemoPeople.All.Select((person, index) => (person, index)))
        {
            var progress = _progress.GetValueOrDefault(person.OpenId) ?? new FollowerProgress(person.OpenId);
            if (!progress.Follows && !await Follow(person, progress, ct)) return;
            if (index % 2 == 0 && !await Bind(person, ct)) return;
        }
    }

    async Task<bool> Follow(DemoPerson person, FollowerProgress progress, CancellationToken ct)
    {
        var body = new { appId = options.DemoAppId, openid = person.OpenId, unionid = person.UnionId, phone = person.Phone, nickname = person.Nickname };
        if (!await Post("/sandbox/control/followers", body, ct)) return false;
        Note(progress with { Follows = true });
        return true;
    }

    /// <summary>One step of binding: ask, or say the code that came. False when the platform could not be reached.</summary>
    async Task<bool> Bind(DemoPerson person, CancellationToken ct)
    {
        var progress = _progress[person.OpenId];
        if (progress.Bound) return true;
        if (progress.AskedAt is { } asked)
        {
            if (sms.Inbox(person.Phone).LastOrDefault(message => message.At >= asked && message.Code is not null) is { } message)
                return await Say(person, message.Code!, progress with { Bound = true }, ct);
            if (time.GetUtcNow() - asked < Patience(progress.Attempts)) return true;
        }
        var next = progress with { AskedAt = time.GetUtcNow(), Attempts = progress.Attempts + 1 };
        return await Say(person, Texts.BindPhone(person.Phone), next, ct);
    }

    /// <summary>Texts are limited to one a minute and phone, so a lost code is asked for ever more seldom.</summary>
    TimeSpan Patience(int attempts)
    {
        var pause = options.CodeWait * Math.Pow(4, Math.Min(attempts, 6) - 1);
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>Says it; the progress is noted first where the answer may come before the call returns.</summary>
    async Task<bool> Say(DemoPerson person, string text, FollowerProgress then, CancellationToken ct)
    {
        if (!await Post("/sandbox/control/say", new { openid = person.OpenId, message = new { type = "text", content = text } }, ct)) return false;
        Note(then);
        return true;
    }

    void Note(FollowerProgress progress)
    {
        state.Save([StateFile.Entry("follower", progress.OpenId, progress)]);
        _progress[progress.OpenId] = progress;
    }

    async Task<bool> Post(string path, object body, CancellationToken ct)
    {
        if ((options.SandboxAddress ?? options.ProductAddress)?.Invoke() is not { } address) return false;
        try
        {
            using var response = await http.PostAsJsonAsync(new Uri(address, path), body, ct);
            if (response.IsSuccessStatusCode) { _failures = 0; return true; }
            Failed($"{path}: {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            Failed($"{path}: {e.Message}");
        }
        return false;
    }

    void Failed(string why)
    {
        if (_failures++ == 0) log.LogWarning("The demo customers could not reach the platform and will try again: {Reason}", why);
        _notBefore = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(_failures, 5)));
    }
}
