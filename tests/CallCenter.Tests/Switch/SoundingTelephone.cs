using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.CallCenter.Voice;
using Courier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>The telephone with a line to the world, fast speech, and music that is known, for tests that listen.</summary>
public class SoundingTelephone : TelephoneApp
{
    private const int Speed = 260;

    /// <summary>Where the world's telephone is called.</summary>
    public int WorldPort { get; } = PeerProgram.FreePort();

    /// <summary>What callers who wait in the queue of everybody hear: a glide far above the tones of the telephones. Others would hear murmur.</summary>
    public static short[] Music { get; } = [.. Enumerable.Range(0, 16_000).Select(i => (short)(6000 * Math.Sin((2 * Math.PI * 1600 * i / 8000) + (220 * Math.Sin(2 * Math.PI * i / 8000)))))];

    protected override IEnumerable<string> Settings =>
    [
        string.Create(CultureInfo.InvariantCulture, $"CallCenter:Prompts:Speed={Speed}"), "CallCenter:Trunks:1:Name=world", string.Create(CultureInfo.InvariantCulture, $"CallCenter:Trunks:1:Host=127.0.0.1:{WorldPort}"),
        "CallCenter:Trunks:1:Inbound=false", "CallCenter:Trunks:1:HealthSeconds=10", "CallCenter:Trunks:1:Outbound=true", "CallCenter:Outbound:Rules:0:Prefix=1", "CallCenter:Outbound:Rules:0:Trunk=world", "CallCenter:Outbound:Rules:0:Role=agent",
    ];

    public override async Task InitializeAsync()
    {
        var prompts = Directory.CreateDirectory(Path.Combine(Folder, "prompts")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(prompts, "music-main.wav"), WavSound.Write(Music));
        await File.WriteAllBytesAsync(Path.Combine(prompts, "music.wav"), WavSound.Write(Sounds.Murmur(16_000, seed: 1)));
        await base.InitializeAsync();
    }

    /// <summary>How the product's synthesizer speaks something.</summary>
    public async Task<short[]> Speech(string words)
    {
        var voice = new Synthesizer(new PromptOptions { Speed = Speed }, TimeProvider.System, NullLogger<Synthesizer>.Instance);
        var file = await voice.Render(Spoken.Text(words), Path.GetTempPath(), default) ?? throw new InvalidOperationException("there is no synthesizer");
        try
        {
            return WavSound.Read(await File.ReadAllBytesAsync(file)).Left;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Somebody has proven a number, and has a parcel from Shanghai that is on its way; what the hotline says of it, and its number.</summary>
    public async Task<(string Sentence, string Waybill)> KnowsAParcelOf(string phone)
    {
        var waybill = (await Post(Process.Http, "/simulator/parcels", new { recipientPhone = phone, from = "上海市", to = "杭州市" }))["waybill"]!.GetValue<string>();
        await Post(Process.Http, $"/simulator/parcels/{waybill}/advance", new { to = "departed" });
        using var asked = await Process.Http.PostAsJsonAsync("/api/customer/v1/session/sms", new { phone });
        asked.IsSuccessStatusCode.ShouldBeTrue(await asked.Content.ReadAsStringAsync());
        JsonNode? code = null;
        await Wait.Until(async () => (code = JsonNode.Parse(await Process.Http.GetStringAsync("/simulator/sms/" + phone))!["messages"]!.AsArray().LastOrDefault()?["code"]) is not null, "the code has come");
        var token = (await Post(Process.Http, "/api/customer/v1/session/sms/verify", new { phone, code = code!.GetValue<string>() }))["token"]!.GetValue<string>();
        using var question = new HttpRequestMessage(HttpMethod.Get, "/api/customer/v1/parcels") { Headers = { Authorization = new("Bearer", token) } };
        using var answer = await Process.Http.SendAsync(question);
        var parcel = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        parcel.GetProperty("status").GetString().ShouldBe("departed");
        var arrival = parcel.GetProperty("eta") is { ValueKind: JsonValueKind.Object } eta ? $"，预计{Spoken.Before(eta.GetProperty("latest").GetDateTimeOffset(), TimeProvider.System.GetUtcNow())}送到" : "";
        return ($"您有一件从上海来的快件，正在运输途中{arrival}。", waybill);
    }

    /// <summary>How many callers came to a node of the flow.</summary>
    public async Task<long> Came(string node)
    {
        using var reader = await SignedIn("operator");
        var live = (await Desk.Get(reader, "/ivr/flows")).GetProperty("items").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "main").GetProperty("liveNumber").GetInt64();
        var nodes = (await Desk.Get(reader, $"/ivr/flows/main/editions/{live}/report")).GetProperty("items").EnumerateArray();
        return nodes.Where(n => n.GetProperty("node").GetString() == node).Sum(n => n.GetProperty("entered").GetInt64());
    }

    /// <summary>Changes a queue as a supervisor does.</summary>
    public async Task ChangeQueue(string code, Action<JsonNode> change)
    {
        var queue = JsonNode.Parse((await Desk.Get(Supervisor, "/queues")).GetProperty("items").EnumerateArray().Single(q => q.GetProperty("code").GetString() == code).GetRawText())!;
        change(queue);
        queue["reason"] = "试用";
        await Desk.Json(await Supervisor.PutAsJsonAsync("/api/desk/v1/queues/" + code, queue));
    }

    /// <summary>Waits until the line to the world counts as working.</summary>
    public Task WorldIsThere() => Wait.Until(async () => (await Desk.Get(Supervisor, "/live/telephone")).GetProperty("trunks").EnumerateArray()
        .Any(t => t.GetProperty("name").GetString() == "world" && t.GetProperty("up").GetBoolean()), "the line to the world works");

    /// <summary>The sound of a recording, as a supervisor hears it.</summary>
    public async Task<WavSound> Recording(JsonElement recording)
    {
        using var heard = await Supervisor.PostAsJsonAsync($"/api/desk/v1/calls/recordings/{recording.GetProperty("id").GetString()}/listen", new { reason = "质检" });
        heard.IsSuccessStatusCode.ShouldBeTrue(await heard.Content.ReadAsStringAsync());
        return WavSound.Read(await heard.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The record of the one call from a number that is over.</summary>
    public async Task<JsonElement> RecordOf(string number)
    {
        JsonElement[] found = [];
        await Wait.Until(async () =>
        {
            found = [.. (await Desk.Get(Supervisor, "/calls?phone=" + number)).GetProperty("items").EnumerateArray()];
            return found.Length == 1 && found[0].GetProperty("endedAt").ValueKind == JsonValueKind.String;
        }, "the call of " + number + " is in the records");
        return await Record(found[0].GetProperty("id").GetString()!);
    }

    private static async Task<JsonNode> Post(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
