using Courier.Kernel;

namespace Courier.CallCenter.Switch;

/// <summary>What is known of a call when it comes.</summary>
/// <param name="CallId">its one id, for life: 32 hexadecimal digits</param>
/// <param name="Caller">the caller as signalled; empty when it does not say</param>
/// <param name="CallerPhone">the caller as a telephone number in China; null when it is none</param>
/// <param name="Called">the number that was called</param>
/// <param name="Hotline">the number of the hotline</param>
/// <param name="Flow">the name of the flow that the hotline is bound to</param>
/// <param name="StartedAt">when it came</param>
internal sealed record CallFacts(string CallId, string Caller, Phone? CallerPhone, string Called, string Hotline, string Flow, DateTimeOffset StartedAt);

/// <summary>How keys are collected.</summary>
/// <param name="Max">after so many keys it is enough; 1 or more</param>
/// <param name="Terminator">the key that ends the collection early; null for none</param>
/// <param name="First">how long the first key may take</param>
/// <param name="Between">how long each further key may take</param>
internal sealed record DigitRules(int Max, char? Terminator, TimeSpan First, TimeSpan Between);

/// <summary>What a caller has left.</summary>
/// <param name="RecordingId">the id of the kept recording</param>
/// <param name="Length">how long it is</param>
internal sealed record VoiceMessage(string RecordingId, TimeSpan Length);
