using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Kernel;

/// <summary>A small value type that is stored and sent as text, such as a waybill number or an OpenId.</summary>
/// <typeparam name="TSelf">The value type itself.</typeparam>
public interface ITextValue<TSelf> where TSelf : struct, ITextValue<TSelf>
{
    /// <summary>Reads a value; false when the text is none. Shaped so that minimal APIs bind route and query values with it.</summary>
    static abstract bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out TSelf value);

    /// <summary>The canonical text that is stored and sent.</summary>
    string Text { get; }
}

/// <summary>Reads and writes an <see cref="ITextValue{TSelf}"/> as a JSON string; a wrong text is a <see cref="JsonException"/>.</summary>
/// <typeparam name="T">The value type.</typeparam>
public sealed class TextValueJsonConverter<T> : JsonConverter<T> where T : struct, ITextValue<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), null, out var value) ? value : throw new JsonException($"not a {typeof(T).Name}");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
