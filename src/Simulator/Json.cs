using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Simulator;

internal static class Json
{
    /// <summary>How the simulator's own interface writes JSON, whatever the host is set to.</summary>
    public static JsonSerializerOptions Wire { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
