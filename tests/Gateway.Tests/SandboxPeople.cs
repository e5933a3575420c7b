using System.Net.Http.Json;
using System.Text.Json;
using Courier.Testing;

namespace Courier.Gateway.Tests;

/// <summary>Something that a follower has received.</summary>
internal sealed record Received(string Kind, string MessageType, string Text, string Raw);

/// <summary>People of the sandbox: they follow, speak, and look at what they got.</summary>
internal static class SandboxPeople
{
    private static int _number;

    public static async Task<string> AddFollower(this CourierApp app, string appId, string? phone = null, string? scene = null)
    {
        var number = Interlocked.Increment(ref _number);
        var answer = await Post(app, "followers", new { appId, openid = $"oPerson{number}", phone = phone ?? $"139{number:00000000}", nickname = $"测试{number}", scene });
        return answer.GetProperty("openid").GetString()!;
    }

    /// <summary>Says something; the passive answer, empty when there is none.</summary>
    public static async Task<string> Say(this CourierApp app, string openid, object message)
    {
        var answer = await Post(app, "say", new { openid, message });
        return answer.TryGetProperty("reply", out var reply) && reply.ValueKind == JsonValueKind.Object ? reply.GetProperty("text").GetString() ?? "" : "";
    }

    public static async Task<IReadOnlyList<Received>> InboxOf(this CourierApp app, string openid)
    {
        var inbox = await app.Http.GetFromJsonAsync<JsonElement>($"/sandbox/control/inbox/{openid}");
        return [.. inbox.GetProperty("entries").EnumerateArray().Select(e => new Received(
            e.GetProperty("kind").GetString()!, e.GetProperty("messageType").GetString() ?? "", e.GetProperty("text").GetString() ?? "", e.GetRawText()))];
    }

    public static Task Fault(this CourierApp app, object fault) => Post(app, "faults", fault);

    public static async Task<JsonElement> Post(this CourierApp app, string path, object body)
    {
        using var answer = await app.Http.PostAsJsonAsync($"/sandbox/control/{path}", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
