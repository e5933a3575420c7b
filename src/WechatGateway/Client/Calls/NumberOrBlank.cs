using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>A number that WeChat writes as a number, as text, or as an empty text where there is none.</summary>
internal sealed class NumberOrBlank : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetInt64(),
        JsonTokenType.String => long.TryParse(reader.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => throw new JsonException("A number was expected."),
    };

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}
