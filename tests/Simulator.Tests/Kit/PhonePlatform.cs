using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Simulator.Tests.Kit;

/// <summary>What stands behind <c>/sandbox/control</c> and answers the chat: binding a phone sends a code by the operator's interface.</summary>
sealed class PhonePlatform
{
    readonly ConcurrentDictionary<string, string> _codes = [];

    public ConcurrentQueue<string> Followed { get; } = [];
    public ConcurrentQueue<(string OpenId, string Text)> Said { get; } = [];
    public ConcurrentDictionary<string, bool> Bound { get; } = [];

    /// <summary>So many of the next calls fail, as while the platform starts.</summary>
    public int FailNext;

    public void Map(WebApplication app, Func<Uri> own, HttpClient http)
    {
        app.MapPost("/sandbox/control/followers", (JsonNode body) =>
        {
            if (Interlocked.Decrement(ref FailNext) >= 0) return Results.StatusCode(503);
            Followed.Enqueue(body["openid"]!.GetValue<string>());
            return Results.Ok(new { openid = body["openid"]!.GetValue<string>() });
        });
        app.MapPost("/sandbox/control/say", async (JsonNode body) =>
        {
            var (openId, text) = (body["openid"]!.GetValue<string>(), body["message"]!["content"]!.GetValue<string>());
            Said.Enqueue((openId, text));
            if (text.StartsWith("绑定手机 ", StringComparison.Ordinal)) await SendCode(own(), http, openId, text["绑定手机 ".Length..]);
            else if (_codes.TryGetValue(openId, out var code) && code == text) Bound[openId] = true;
            return Results.Ok();
        });
    }

    async Task SendCode(Uri own, HttpClient http, string openId, string phone)
    {
        var code = (100000 + long.Parse(phone, System.Globalization.CultureInfo.InvariantCulture) * 7919 % 900000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
        _codes[openId] = code;
        (await http.PostAsJsonAsync(new Uri(own, "/simulator/sms"), new { phone, text = $"【快递服务】验证码{code}，5分钟内有效" })).EnsureSuccessStatusCode();
    }
}
