using System.Collections.Frozen;

namespace Courier.Sip.Messages;

/// <summary>The words that stand in every message, so that each is one string for the whole process.</summary>
internal static class Words
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Common = new[]
    {
        "", "sip", "sips", "tel", "UDP", "TCP", "TLS", "udp", "tcp", "tls", "branch", "rport", "received", "tag", "lr", "transport", "expires", "q", "ob",
        "user", "phone", "127.0.0.1",
    }.ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> word) => Common.TryGetValue(word, out var known) ? known : word.ToString();
}
