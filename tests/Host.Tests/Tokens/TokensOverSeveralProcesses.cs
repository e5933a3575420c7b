using System.Collections.Concurrent;
using System.Diagnostics;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Courier.Host.Tests.Tokens;

/// <summary>Three real processes on one MariaDB, and a WeChat that refuses the token of two hundred calls at one moment.</summary>
public sealed class TokensOverSeveralProcesses : IAsyncLifetime
{
    private static readonly int[] Calls = [67, 67, 66];

    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _allAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _wechat = null!;
    private volatile bool _refuses;
    private int _waiting;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _wechat = builder.Build();
        _wechat.MapPost("/cgi-bin/stable_token", NewToken);
        _wechat.MapGet("/cgi-bin/user/info", ([FromQuery(Name = "access_token")] string token) => User(token));
        await _wechat.StartAsync();
    }

    public async Task DisposeAsync() => await _wechat.DisposeAsync();

    [Fact]
    public async Task Two_hundred_refusals_at_once_make_one_new_token()
    {
        var connection = await MariaDb.NewDatabase();
        await using (await CourierApp.Start(new() { MariaDb = connection })) { } // makes the tables

        var processes = Calls.Select(calls => Start(connection, calls)).ToList();
        try
        {
            foreach (var process in processes) (await Line(process)).ShouldBe("ready");
            _tokens.Count.ShouldBe(1, "they share the first one");

            _refuses = true;
            foreach (var process in processes) await process.StandardInput.WriteLineAsync("go");
            foreach (var (process, calls) in processes.Zip(Calls)) (await Line(process)).ShouldBe($"{calls} followers");

            _tokens.Count.ShouldBe(2, "one refresh for two hundred refusals");
            _asked["TOKEN-1"].ShouldBe(3 + Calls.Sum(), "each call was refused once");
            _asked["TOKEN-2"].ShouldBe(Calls.Sum());
        }
        finally
        {
            foreach (var process in processes.Where(p => !p.HasExited)) process.Kill();
            processes.ForEach(process => process.Dispose());
        }
    }

    private IResult NewToken()
    {
        lock (_tokens)
        {
            var token = $"TOKEN-{_tokens.Count + 1}";
            _tokens.Enqueue(token);
            return Json($$"""{"access_token":"{{token}}","expires_in":7200}""");
        }
    }

    // Nobody is refused before all hold the old token: two hundred refusals arrive at one moment.
    private async Task<IResult> User(string token)
    {
        _asked.AddOrUpdate(token, 1, (_, times) => times + 1);
        if (!_refuses || token != "TOKEN-1") return Json("""{"subscribe":1,"openid":"o1"}""");
        if (Interlocked.Increment(ref _waiting) == Calls.Sum()) _allAsked.SetResult();
        await _allAsked.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return Json("""{"errcode":40001,"errmsg":"invalid credential, access_token is invalid or not latest rid: 66aa-77bb-88cc"}""");
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");

    private Process Start(string connection, int calls)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(TokenProcess).Assembly.Location, "token-process", connection, _wechat.Urls.First(), $"{calls}"]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<string?> Line(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        return await process.StandardOutput.ReadLineAsync(patience.Token) ?? await process.StandardError.ReadToEndAsync(patience.Token);
    }
}
