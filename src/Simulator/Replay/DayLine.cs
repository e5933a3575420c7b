using System.Text.Json;
using System.Text.Json.Serialization;
using Courier.Simulator.Parcels;

namespace Courier.Simulator.Replay;

/// <summary>
/// One line of a day's file: what happened <see cref="At"/> seconds after the day began (before it when negative). The file is
/// JSON lines in the order of time; its first line is the <see cref="DayHead"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DayHead), "day")]
[JsonDerivedType(typeof(CustomerLine), "customer")]
[JsonDerivedType(typeof(ParcelLine), "parcel")]
[JsonDerivedType(typeof(MoveLine), "move")]
[JsonDerivedType(typeof(SayLine), "say")]
[JsonDerivedType(typeof(SmsLine), "sms")]
[JsonDerivedType(typeof(CallLine), "call")]
internal abstract record DayLine(double At);

/// <summary>What the day is called, and how long it is in seconds.</summary>
internal sealed record DayHead(double At, string Name, double Seconds, string About = "") : DayLine(At);

/// <summary>Somebody begins to follow the official account.</summary>
internal sealed record CustomerLine(double At, string OpenId, string Nickname, string? Phone = null, string? UnionId = null) : DayLine(At);

/// <summary>A parcel is registered. Without parties they are drawn from the number in the file, the same each time.</summary>
internal sealed record ParcelLine(double At, string Waybill, string From, string To, string? SenderPhone = null, string? SenderName = null,
    string? RecipientPhone = null, string? RecipientName = null, int? WeightGrams = null, double? PromisedAfter = null,
    Party? Sender = null, Party? Recipient = null) : DayLine(At);

/// <summary>A route event of a parcel.</summary>
internal sealed record MoveLine(double At, string Waybill, string Code, string City, string Place, string Text, string? Operator = null,
    string? Reason = null, int? WeightGrams = null) : DayLine(At);

/// <summary>A customer says or does something, as the phone's control takes it: a text, or an object with a type.</summary>
internal sealed record SayLine(double At, string OpenId, JsonElement Message) : DayLine(At);

/// <summary>A text message that arrived. It is in recordings for comparing; playing it does nothing, as the product sends its own.</summary>
internal sealed record SmsLine(double At, string Phone, string Text) : DayLine(At);

/// <summary>A customer calls the hotline, presses keys some seconds after it was answered, listens and hangs up. These seconds are real ones, whatever the day's speed.</summary>
internal sealed record CallLine(double At, string From, double Seconds, string Keys = "", double KeysAfter = 2) : DayLine(At);

/// <summary>A day as it was read from a file.</summary>
internal sealed record Day(DayHead Head, string Hash, IReadOnlyList<DayLine> Lines);
