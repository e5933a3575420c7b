namespace Courier.Media.Sdp;

/// <summary>Why a session description cannot be agreed to.</summary>
/// <param name="Status">The SIP status that says so: 400 (it cannot be read) or 488 (nothing in common, RFC 3261 §21.4.26).</param>
/// <param name="Reason">In a few words, for the Warning or Reason header and the log.</param>
public readonly record struct SdpRefusal(int Status, string Reason);
