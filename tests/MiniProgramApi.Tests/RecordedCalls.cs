using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Courier.MiniProgramApi.Tests;

/// <summary>Calls operations by their names, as the interface document describes them, and keeps what was sent and answered.</summary>
public sealed class RecordedCalls(InterfaceText document)
{
    private const int MostItems = 2;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, JsonObject> _calls = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _calls.Keys;

    /// <summary>The calls as the file holds them.</summary>
    public JsonObject Calls => new(_calls.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value.DeepClone())));

    /// <summary>Calls an operation, which succeeds; the first call of each is kept.</summary>
    public async Task<JsonElement> Call(HttpClient client, string name, object? body = null, object? parameters = null, HttpContent? form = null)
    {
        var operation = document.Operations.Single(o => o.Name == name);
        var values = JsonNode.Parse(ApiApp.Json(parameters ?? new { }))!.AsObject();
        using var request = new HttpRequestMessage(operation.Method, Address(operation, values)) { Content = form };
        if (body is not null) request.Content = new StringContent(ApiApp.Json(body), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        request.Headers.Add("Idempotency-Key", Courier.Kernel.Ids.New(TimeProvider.System));
        var answer = await Answer.Of(await client.SendAsync(request));
        ((int)answer.Status).ShouldBeInRange(200, 299, $"{name}: {answer.Text}");
        var said = answer.MediaType == "application/json" ? JsonNode.Parse(answer.Text) : null;
        _calls.TryAdd(name, Call(values, body is null ? null : JsonNode.Parse(ApiApp.Json(body)), (int)answer.Status, said));
        return said is null ? default : answer.Json;
    }

    /// <summary>What two calls differ in by their form: which fields there are; not what is in them, nor in what is null or empty on one side.</summary>
    public static IEnumerable<string> Differences(JsonNode? a, JsonNode? b, string at) => (a, b) switch
    {
        (JsonObject x, JsonObject y) => x.Select(p => p.Key).Union(y.Select(p => p.Key)).SelectMany(key =>
            x.ContainsKey(key) && y.ContainsKey(key) ? Differences(x[key], y[key], $"{at}.{key}") : [$"{at}.{key}"]),
        (JsonArray { Count: > 0 } x, JsonArray { Count: > 0 } y) => Differences(x[0], y[0], at + "[]"),
        (null, _) or (_, null) or (JsonArray, JsonArray) => [],
        _ => a.GetValueKind() is var one && b.GetValueKind() is var two && (one == two || IsBoolean(one) && IsBoolean(two)) ? [] : [at],
    };

    public static string Text(JsonNode calls) => calls.ToJsonString(Readable) + "\n";

    private static JsonObject Call(JsonObject parameters, JsonNode? request, int status, JsonNode? answer)
    {
        var call = new JsonObject();
        if (parameters.Count > 0) call["parameters"] = parameters.DeepClone();
        if (request is not null) call["request"] = request;
        call["status"] = status;
        if (answer is not null) call["answer"] = Short(answer);
        return call;
    }

    // Long lists say no more than short ones, and nobody shall think that a token could be copied from here.
    private static JsonNode? Short(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, f.Key == "token" && f.Value is not null ? "an-opaque-token" : Short(f.Value)))),
        JsonArray items => new JsonArray([.. items.Take(MostItems).Select(Short)]),
        _ => node?.DeepClone(),
    };

    private static bool IsBoolean(JsonValueKind kind) => kind is JsonValueKind.True or JsonValueKind.False;

    private static string Address(Operation operation, JsonObject values)
    {
        var path = operation.PathParameters.Aggregate(operation.Path, (text, name) => text.Replace($"{{{name}}}", Uri.EscapeDataString(values[name]!.ToString()), StringComparison.Ordinal));
        var query = operation.QueryParameters.Where(values.ContainsKey).Select(name => $"{name}={Uri.EscapeDataString(values[name]!.ToString())}");
        return path + string.Join('&', query) switch { "" => "", var text => "?" + text };
    }
}
