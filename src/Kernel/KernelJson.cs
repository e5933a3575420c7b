using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Kernel;

/// <summary>How our own JSON looks, in the outbox and over HTTP: camelCase, enums as lower snake case text, Chinese unescaped.</summary>
public static class KernelJson
{
    /// <summary>The options, frozen.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web), freeze: true);

    /// <summary>Sets the same rules on other options, such as those of the HTTP pipeline.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options, bool freeze = false)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        if (freeze) options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
