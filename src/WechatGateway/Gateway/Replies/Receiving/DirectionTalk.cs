using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>How far the talk about a parcel's way has come; lies encrypted among the open questions, for addresses may be in it.</summary>
internal sealed record DirectionTalk
{
    /// <summary>Which parcels may be meant; one once that is clear.</summary>
    public IReadOnlyList<string> Waybills { get; init; } = [];

    /// <summary>What is wished for; null while the way is still to be chosen.</summary>
    public DirectionKind? Kind { get; init; }

    /// <summary>What can be chosen by a number.</summary>
    public IReadOnlyList<DirectionOption> Options { get; init; } = [];

    /// <summary>What waits for 是; null while something is still to be said.</summary>
    public DirectionDetail? Wish { get; init; }

    /// <summary>The time or place that was said with the wish, while it is not clear with which parcel; empty when none was.</summary>
    public string Said { get; init; } = "";

    /// <summary>Did it begin with the choices of a warning? 返回 leads there again.</summary>
    public bool OfWarning { get; init; }
}

/// <summary>What a number stands for: a way, or where and when exactly.</summary>
/// <param name="Text">What the customer reads.</param>
/// <param name="Way">A way; null when it says where or when.</param>
/// <param name="Detail">Where or when; null for a way.</param>
/// <param name="Place">Name of the place, where the detail has its code; null otherwise.</param>
internal sealed record DirectionOption(string Text, DirectionKind? Way, DirectionDetail? Detail, string? Place = null);

/// <summary>What somebody wishes, as their words say it.</summary>
/// <param name="Kind">What; null when they only say that it shall be brought another way.</param>
/// <param name="Rest">Number of the parcel, place or address that stands behind it; may be empty.</param>
/// <param name="IsAboutAnyTime">改时间: may as well be about an appointment for a pickup.</param>
internal sealed record DirectionWish(DirectionKind? Kind, string Rest, bool IsAboutAnyTime = false);
