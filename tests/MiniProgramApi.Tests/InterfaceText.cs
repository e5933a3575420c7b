using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Courier.MiniProgramApi.Tests;

/// <summary>The interface document of a running host, read once: which operation a request is, and which refusals it may get.</summary>
public sealed class InterfaceText
{
    private static readonly ConcurrentDictionary<string, Task<InterfaceText>> Read = new(StringComparer.Ordinal);

    private readonly JsonObject _document;

    private InterfaceText(JsonObject document) =>
        (_document, Operations) = (document, [.. Paths(document).Where(o => o.Path.StartsWith("/api/customer/v1", StringComparison.Ordinal)).OrderBy(o => o.Name, StringComparer.Ordinal)]);

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>All tests of this assembly run the same program: its document is read from the first host that is asked.</summary>
    public static Task<InterfaceText> Of(HttpClient client) => Read.GetOrAdd("v1", async _ =>
        new InterfaceText(JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!.AsObject()));

    /// <summary>The operation of a request; null for one that the document does not name.</summary>
    public Operation? Find(HttpMethod method, string path)
    {
        var parts = path.Split('?')[0].Split('/');
        return Operations.Where(o => o.Method == method && Fits(o.Path.Split('/'), parts)).MinBy(o => o.Path.Count(c => c == '{'));
    }

    /// <summary>Each refusal of an operation is one of those that the document names.</summary>
    public void ShouldKnow(HttpMethod method, string path, Answer refusal)
    {
        if (Find(method, path) is { } operation) operation.Codes((int)refusal.Status).ShouldContain(refusal.Code, $"{operation.Name} answered {(int)refusal.Status}: {refusal.Text}");
    }

    /// <summary>The schema behind a reference.</summary>
    public JsonObject Resolve(JsonNode? schema) => schema?["$ref"]?.GetValue<string>().Split('/')[^1] is { } name
        ? _document["components"]!["schemas"]![name]!.AsObject()
        : schema?.AsObject() ?? [];

    private static bool Fits(string[] template, string[] parts) =>
        template.Length == parts.Length && template.Zip(parts).All(p => p.First == p.Second || p.First.StartsWith('{') && p.Second.Length > 0);

    private static IEnumerable<Operation> Paths(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select new Operation(method.Value!["operationId"]?.GetValue<string>() ?? "", HttpMethod.Parse(method.Key), path.Key, method.Value.AsObject());
}

/// <summary>An operation of the document.</summary>
public sealed record Operation(string Name, HttpMethod Method, string Path, JsonObject Says)
{
    public bool IsForCustomers => Says["responses"]!["401"] is not null;

    public bool TakesKey => Says["responses"]!["422"] is not null;

    public JsonNode? Body => Says["requestBody"]?["content"]?["application/json"];

    public IEnumerable<string> PathParameters => Parameters("path");

    public IEnumerable<string> QueryParameters => Parameters("query");

    /// <summary>The codes that may come with a status.</summary>
    public IReadOnlyList<string> Codes(int status) =>
        [.. Says["responses"]![$"{status}"]?["content"]?["application/problem+json"]?["examples"]?.AsObject().Select(e => e.Key) ?? []];

    public override string ToString() => Name;

    private IEnumerable<string> Parameters(string place) =>
        Says["parameters"]?.AsArray().Where(p => p!["in"]!.GetValue<string>() == place).Select(p => p!["name"]!.GetValue<string>()) ?? [];
}
