using Courier.Http;
using Courier.Http.Clients;
using Courier.Http.Limits;
using Courier.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Courier.Host.OpenApi;

/// <summary>What the OpenAPI document says beyond the endpoints' own types: who may call, which headers to send.</summary>
internal static class InterfaceDocument
{
    public static void Describe(OpenApiOptions options)
    {
        var examples = new DocumentedExamples();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Courier",
                Version = "v1",
                Description = "Errors are problem details (RFC 9457) with a stable code. Money is in fen, times are RFC 3339.",
            };
            DocumentedRefusals.AddTo(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var marks = context.Description.ActionDescriptor.EndpointMetadata;
            if (marks.OfType<Idempotency.Mark>().Any() || Takes<IdempotencyKey>(marks))
                AddHeader(operation, IdempotencyKey.Header, "1 to 100 visible characters. The same key gets the same answer for 24 hours; with another body it is refused with 422.");
            if (marks.OfType<Csrf.Mark>().Any() && context.Description.HttpMethod is not ("GET" or "HEAD"))
                AddHeader(operation, Csrf.Header, "Always 1: shows that the request does not come from a foreign page.", required: true);
            if (Takes<PageRequest>(marks)) AddPaging(operation);
            if (marks.OfType<RequestLimits.Mark>().Any())
            {
                AddHeader(operation, VersionGate.Header, "The app that asks: platform/version, such as mp-weixin/1.4.0.");
                AddHeader(operation, CallerNames.DeviceHeader, "An id that the app made for itself: 8 to 64 letters, digits, hyphens or underscores.");
                DocumentedRefusals.AddTo(operation, marks, Form(operation, context, marks), context.Document!);
                examples.AddTo(operation);
            }
            if (WhoMayCall(marks) is { } who) operation.Description = $"{operation.Description} {who}".Trim();
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            SayWhatIsSent(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    }

    // What a parameter reads by itself from the request is no parameter to the framework.
    private static bool Takes<T>(IList<object> marks) => marks.OfType<System.Reflection.MethodInfo>().Any(m => m.GetParameters().Any(p => p.ParameterType == typeof(T)));

    /// <summary>What our converters write is unknown to the framework's schemas: times, enums and value types are texts, and numbers are never texts.</summary>
    private static void SayWhatIsSent(OpenApiSchema schema, Type type)
    {
        var inner = Nullable.GetUnderlyingType(type);
        var plain = inner ?? type;
        if (plain == typeof(DateTimeOffset) || plain.IsEnum || plain.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextValue<>)))
            schema.Type = inner is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (schema.Type is not { } sent || (sent & (JsonSchemaType.Integer | JsonSchemaType.Number)) == 0) return;
        schema.Type = sent & ~JsonSchemaType.String;
        schema.Pattern = null;
    }

    private static RequestForm Form(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> marks) => new(
        IsRead: context.Description.HttpMethod is "GET" or "HEAD",
        HasParameters: operation.Parameters?.Any(p => p.In is ParameterLocation.Path or ParameterLocation.Query) == true,
        HasJson: operation.RequestBody?.Content?.ContainsKey("application/json") == true,
        IsPaged: Takes<PageRequest>(marks),
        TakesKey: marks.OfType<Idempotency.Mark>().Any() || Takes<IdempotencyKey>(marks));

    private static void AddPaging(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "cursor", In = ParameterLocation.Query, Description = "`next` of the page before; nothing for the first page.", Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "limit", In = ParameterLocation.Query, Description = $"1 to {PageRequest.Most}; {PageRequest.Default} when it is left out.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
        });
    }

    private static string? WhoMayCall(IList<object> marks)
    {
        if (marks.OfType<OpenToAnyone>().LastOrDefault() is { } open) return $"Open to anyone: {open.Because}.";
        if (marks.OfType<AuthorizationPolicy>().LastOrDefault() is not { } policy) return null;
        var roles = policy.Requirements.OfType<Microsoft.AspNetCore.Authorization.Infrastructure.RolesAuthorizationRequirement>().SelectMany(r => r.AllowedRoles).ToList();
        return policy.AuthenticationSchemes.Contains(Schemes.Staff)
            ? $"For staff ({(roles.Count == 0 ? "any role" : string.Join(", ", roles))}), cookie session."
            : "For customers, bearer token.";
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description, bool required = false)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Header, Required = required, Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }
}
