using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Kernel;

/// <summary>How our own JSON looks, in the outbox and over HTTP: camelCase, enums as lower snake case text, times with China's offset, Chinese unescaped.</summary>
public static class KernelJson
{
    /// <summary>The options, frozen.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web), freeze: true);

    /// <summary>Sets the same rules on other options, such as those of the HTTP pipeline.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options, bool freeze = false)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new ChinaTimeText());
        if (freeze) options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Times as ISO 8601 with the offset of China, +08:00, which people here read; any offset is understood.</summary>
internal sealed class ChinaTimeText : JsonConverter<DateTimeOffset>
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToOffset(China));
}
