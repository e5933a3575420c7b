using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>Writes elements as the XML or JSON that WeChat reads.</summary>
internal static class FieldsWriter
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An <c>xml</c> element with texts in CDATA.</summary>
    public static void WriteXml(Fields fields, IBufferWriter<byte> output)
    {
        output.Write("<xml>"u8);
        WriteElements(fields, output);
        output.Write("</xml>"u8);
    }

    /// <summary>One object; elements that repeat become an array.</summary>
    public static void WriteJson(Fields fields, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, JsonOptions);
        WriteObject(fields, json);
    }

    private static void WriteElements(Fields fields, IBufferWriter<byte> output)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            WriteTag("<"u8, field.Name, output);
            if (field.Children.Count > 0) WriteElements(field.Children, output);
            else if (field.IsNumber) WriteText(field.Value, output);
            else WriteCData(field.Value, output);
            WriteTag("</"u8, field.Name, output);
        }
    }

    private static void WriteTag(ReadOnlySpan<byte> open, string name, IBufferWriter<byte> output)
    {
        output.Write(open);
        WriteText(name, output);
        output.Write(">"u8);
    }

    // "]]>" would end the section, so it is split over two of them.
    private static void WriteCData(string value, IBufferWriter<byte> output)
    {
        output.Write("<![CDATA["u8);
        WriteText(XmlText(value).Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal), output);
        output.Write("]]>"u8);
    }

    private static void WriteText(string value, IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(value, output);

    // XML 1.0 §2.2 has no place for most control characters, not even in CDATA; WeChat would call the whole reply broken.
    private static string XmlText(string value)
    {
        if (!value.AsSpan().ContainsAny(NotInXml)) return value;
        var clean = new StringBuilder(value.Length);
        foreach (var character in value)
            if (!NotInXml.Contains(character)) clean.Append(character);
        return clean.ToString();
    }

    private static readonly SearchValues<char> NotInXml = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Select(code => (char)code).Where(control => control is not ('\t' or '\n' or '\r')), '\uFFFE', '\uFFFF',
    ]);

    private static void WriteObject(Fields fields, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var group in fields.GroupBy(field => field.Name))
        {
            json.WritePropertyName(group.Key);
            var values = group.ToList();
            // The items of a list are an array even when there is one.
            if (values.Count == 1 && group.Key != "item")
            {
                WriteValue(values[0], json);
                continue;
            }
            json.WriteStartArray();
            foreach (var value in values) WriteValue(value, json);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Field field, Utf8JsonWriter json)
    {
        if (field.Children.Count > 0) WriteObject(field.Children, json);
        else if (field.IsNumber) json.WriteNumberValue(long.Parse(field.Value, CultureInfo.InvariantCulture));
        else json.WriteStringValue(field.Value);
    }
}
