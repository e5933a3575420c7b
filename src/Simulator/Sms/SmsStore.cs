using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Simulator.State;

namespace Courier.Simulator.Sms;

/// <summary>A text that a phone has received.</summary>
internal sealed record SmsMessage(string Id, string Phone, DateTimeOffset At, string Text)
{
    /// <summary>The first stand-alone number of four to six digits, as phones offer it for filling in.</summary>
    public string? Code => SmsStore.CodeIn(Text);
}

/// <summary>The operator's network: keeps every text it accepted, on disk.</summary>
internal sealed partial class SmsStore(TimeProvider time, StateFile state)
{
    const int KeptPerPhone = 100;

    readonly Lock _gate = new();
    readonly Dictionary<string, SmsMessage> _byId = state.All<SmsMessage>("sms").ToDictionary(message => message.Id);
    int _sequence = state.All<SmsMessage>("sms").Count;

    /// <summary>Accepts a text once: the same idempotency key gets the first one's id again.</summary>
    public SmsMessage Accept(string phone, string text, string? idempotencyKey)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var id = idempotencyKey ?? string.Create(CultureInfo.InvariantCulture, $"sms-{now.ToUnixTimeMilliseconds()}-{++_sequence}");
            if (_byId.TryGetValue(id, out var first)) return first;
            var message = new SmsMessage(id, phone, now, text);
            var outdated = To(phone).SkipLast(KeptPerPhone - 1).ToList();
            state.Save([StateFile.Entry("sms", id, message), .. outdated.Select(old => StateFile.Gone("sms", old.Id))]);
            foreach (var old in outdated) _byId.Remove(old.Id);
            return _byId[id] = message;
        }
    }

    /// <summary>All texts to a phone, newest last.</summary>
    public IReadOnlyList<SmsMessage> Inbox(string phone) { lock (_gate) return [.. To(phone)]; }

    IEnumerable<SmsMessage> To(string phone) => _byId.Values.Where(message => message.Phone == phone).OrderBy(message => message.At);

    public static string? CodeIn(string text) => CodePattern().Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex("(?<![0-9])[0-9]{4,6}(?![0-9])")]
    private static partial Regex CodePattern();
}
