using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>Reads the JSON of a callback into the same elements as its XML form: an array is the element repeated, an object has children.</summary>
internal static class JsonFields
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <summary>The properties of the root object, or null when the text is not one JSON object or is nested too deep.</summary>
    public static Fields? Read(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return null;
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            var root = ReadObject(ref reader);
            return reader.Read() ? null : root;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)   // the latter: an escaped half of a surrogate pair
        {
            return null;
        }
    }

    private static Fields ReadObject(ref Utf8JsonReader reader)
    {
        var fields = new List<Field>(12);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            reader.Read();
            AddValue(ref reader, name, fields);
        }
        return new Fields(fields);
    }

    private static void AddValue(ref Utf8JsonReader reader, string name, List<Field> fields)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) AddValue(ref reader, name, fields);
            return;
        }
        fields.Add(reader.TokenType == JsonTokenType.StartObject
            ? new Field(name, "", ReadObject(ref reader))
            : new Field(name, Scalar(ref reader)));
    }

    private static string Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => "",
        JsonTokenType.String => reader.GetString() ?? "",
        _ => Encoding.UTF8.GetString(reader.ValueSpan),   // numbers and booleans as they are written
    };
}
