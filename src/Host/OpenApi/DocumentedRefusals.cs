using System.Text.Json.Nodes;
using Courier.Http;
using Microsoft.OpenApi;

namespace Courier.Host.OpenApi;

/// <summary>Writes each refusal of an endpoint, by status and code, into the interface document.</summary>
internal static class DocumentedRefusals
{
    private const string Schema = "Refusal", MediaType = "application/problem+json";

    /// <summary>Adds the form that all refusals have.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Schema] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "A refusal: problem details (RFC 9457).",
            Required = new HashSet<string> { "status", "title", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "HTTP status." },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The sentence that people read." },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, for programs." },
                ["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The field that is to blame, as the caller named it." },
            },
        };
    }

    /// <summary>Adds a response a status, with an example a code.</summary>
    public static void AddTo(OpenApiOperation operation, IEnumerable<object> marks, RequestForm form, OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var refusals in Refusals.Of(marks, form))
            operation.Responses[FormattableString.Invariant($"{refusals.Key}")] = new OpenApiResponse
            {
                Description = string.Join(", ", refusals),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [MediaType] = new() { Schema = new OpenApiSchemaReference(Schema, document), Examples = refusals.ToDictionary(code => code, code => Example(refusals.Key, code)) },
                },
            };
    }

    private static IOpenApiExample Example(int status, string code) => new OpenApiExample
    {
        Value = new JsonObject { ["type"] = "about:blank", ["title"] = Texts.ForStatus(status), ["status"] = status, ["code"] = code },
    };
}
