using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Courier.Simulator.Replay;

/// <summary>What came of something that a customer said: whether an answer was to come, whether it came, and what went wrong.</summary>
internal sealed record SaidOutcome(bool ExpectsAnswer, bool Answered, double? ElapsedMs, string? Problem);

/// <summary>The day's customers, played over the platform's control interface.</summary>
internal sealed class Customers(SimulatorOptions options, HttpClient http)
{
    static readonly HashSet<string> answered =
        ["text", "image", "voice", "location", "click", "scan", "scancode_waitmsg", "subscribe", "link", "video", "shortvideo"];

    /// <summary>Follows the account; again changes nothing. Null when all is well, else what went wrong.</summary>
    public async Task<string?> Follow(CustomerLine line, CancellationToken ct)
    {
        var answer = await Post("/sandbox/control/followers", new JsonObject
        {
            ["appId"] = options.DemoAppId, ["openid"] = line.OpenId, ["nickname"] = line.Nickname, ["phone"] = line.Phone, ["unionid"] = line.UnionId,
        }, ct);
        return answer.Problem;
    }

    /// <summary>
    /// Says it under a message id and a time that belong to the line, so that the same line again is the same message again.
    /// </summary>
    public async Task<SaidOutcome> Say(SayLine line, string key, DateTimeOffset at, CancellationToken ct)
    {
        var message = line.Message.ValueKind == JsonValueKind.String
            ? new JsonObject { ["type"] = "text", ["content"] = line.Message.GetString() }
            : JsonObject.Create(line.Message)!.DeepClone().AsObject();
        var type = message["type"]?.GetValue<string>() ?? "";
        message["createTime"] = at.ToUnixTimeSeconds();
        message["msgId"] = MessageId(key);
        var (answer, problem) = await Post("/sandbox/control/say", new JsonObject { ["openid"] = line.OpenId, ["message"] = message }, ct);
        if (answer is null) return new(answered.Contains(type), false, null, problem);
        var attempts = answer["attempts"]?.AsArray() ?? [];
        return new(answered.Contains(type), answer["reply"] is not null, attempts.Count == 0 ? null : attempts.Sum(attempt => attempt!["elapsedMs"]!.GetValue<double>()),
            attempts.Select(attempt => attempt!["problem"]?.GetValue<string>()).FirstOrDefault(found => found is not null));
    }

    /// <summary>What a customer received since a moment, without the answers, by kind; failures of the account count as "failure".</summary>
    public async Task<IReadOnlyList<string>> Received(string openId, DateTimeOffset since, CancellationToken ct)
    {
        try
        {
            var inbox = await http.GetFromJsonAsync<JsonObject>(new Uri(Address(), $"/sandbox/control/inbox/{openId}"), ct);
            return [.. (inbox?["entries"]?.AsArray() ?? []).Where(entry => entry!["at"]!.GetValue<DateTimeOffset>() >= since)
                .Select(entry => entry!["messageType"]!.GetValue<string>() == "failure" ? "failure" : entry["kind"]!.GetValue<string>()).Where(kind => kind != "passive")];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    async Task<(JsonObject? Answer, string? Problem)> Post(string path, JsonObject body, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(new Uri(Address(), path), body, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            return response.IsSuccessStatusCode
                ? (text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [], null)
                : (null, $"{path}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 200)]}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return (null, $"{path}: {e.Message}");
        }
    }

    Uri Address() => (options.SandboxAddress ?? options.ProductAddress)?.Invoke() ?? throw new HttpRequestException("the platform's address is not known yet");

    /// <summary>A number of the size of WeChat's, made of the file's and the line's names.</summary>
    static long MessageId(string key) => 26_000_000_000_000_000 + (long)(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % 1_000_000_000_000_000);
}
