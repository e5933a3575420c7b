using System.Text.Json;
using Courier.Kernel;

namespace Courier.MiniProgramApi.Carrier;

/// <summary>Reads a batch entry by entry, so that one that is malformed spoils no other.</summary>
internal static class Batch
{
    public const int Most = 1000;

    /// <summary>The entries of the array with this name; null for one that cannot be read.</summary>
    /// <exception cref="JsonException">The body is no JSON object with such an array.</exception>
    public static IReadOnlyList<T?> Read<T>(ReadOnlyMemory<byte> body, string array) where T : class
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(array, out var entries) || entries.ValueKind != JsonValueKind.Array)
            throw new JsonException($"no array {array}");
        return entries.GetArrayLength() > Most ? throw new BodyTooLarge() : [.. entries.EnumerateArray().Select(ReadOne<T>)];
    }

    private static T? ReadOne<T>(JsonElement entry) where T : class
    {
        try
        {
            return entry.Deserialize<T>(KernelJson.Options);
        }
        catch (JsonException)
        {
            return null; // answered as a rejected entry, with its index
        }
    }
}
