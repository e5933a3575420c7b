using System.Text.Json.Nodes;
using Courier.MiniProgramApi;
using Microsoft.OpenApi;

namespace Courier.Host.OpenApi;

/// <summary>Puts a recorded call beside each operation of the customers' API.</summary>
internal sealed class DocumentedExamples
{
    private readonly Lazy<JsonObject> _calls = new(() => MiniProgramApiModule.Examples);

    /// <summary>Adds what was sent and what was answered; nothing for an operation without a recorded call.</summary>
    public void AddTo(OpenApiOperation operation)
    {
        if (operation.OperationId is not { } name || _calls.Value[name] is not { } call) return;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            if (call["parameters"]?[parameter.Name!] is { } value) parameter.Example = value.DeepClone();
        Show(operation.RequestBody?.Content, call["request"]);
        // What is new (201) and what was there already (200) have one form.
        foreach (var (_, response) in operation.Responses?.Where(r => r.Key.StartsWith('2')) ?? []) Show(response.Content, call["answer"]);
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        if (example is not null && content?.TryGetValue("application/json", out var json) == true) json.Example = example.DeepClone();
    }
}
