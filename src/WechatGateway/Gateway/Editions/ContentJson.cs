using System.Text.Json;
using Courier.Http;
using Courier.Kernel;

namespace Courier.WechatGateway.Editions;

/// <summary>The JSON of contents: as everywhere here, but what must be there may not be null.</summary>
internal static class ContentJson
{
    /// <summary>Longest content, in characters.</summary>
    public const int Longest = 500_000;

    private static readonly JsonSerializerOptions Options = new(KernelJson.Options) { RespectNullableAnnotations = true };

    /// <exception cref="BadInput">It cannot be read.</exception>
    public static T Read<T>(string json) where T : class
    {
        if (json.Length > Longest) throw Unreadable();
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    public static string Write<T>(T content) => JsonSerializer.Serialize(content, Options);

    public static BadInput Unreadable() => new("content", Texts.ContentUnreadable);
}
