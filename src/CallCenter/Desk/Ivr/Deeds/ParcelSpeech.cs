using Courier.CallCenter.Voice;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;

namespace Courier.CallCenter.Ivr;

/// <summary>A parcel as a caller is told of it.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Role">The caller's side; null when nobody knows.</param>
/// <param name="FromCity">The sender's city.</param>
/// <param name="ToCity">The recipient's city.</param>
/// <param name="UpdatedAt">When the newest event happened.</param>
/// <param name="Eta">When it will probably arrive.</param>
/// <param name="Trouble">Why it does not move.</param>
internal sealed record SpokenParcel(ParcelStatus Status, PartyRole? Role, string FromCity, string ToCity, DateTimeOffset UpdatedAt, DeliveryEta? Eta, ParcelTrouble? Trouble)
{
    public static SpokenParcel Of(MyParcel p) => new(p.Status, p.Role, p.FromCity, p.ToCity, p.UpdatedAt, p.Eta, p.Trouble);

    public static SpokenParcel Of(TrackedParcel.Found p) => new(p.Status, p.MyRole, p.FromCity, p.ToCity, p.UpdatedAt, p.Eta, p.Trouble);
}

/// <summary>Parcels in spoken words. Pure.</summary>
internal static class ParcelSpeech
{
    /// <summary>Where it comes from, where it stands, and by when it arrives.</summary>
    public static string Of(SpokenParcel parcel, DateTimeOffset now)
    {
        var isOpen = StatusMachine.StateOf(parcel.Status) == ParcelState.Open;
        var arrival = isOpen && parcel.Eta is { } eta ? $"，预计{Spoken.Before(eta.Latest, now)}送到" : "";
        var trouble = isOpen && parcel.Trouble is { } t ? Spoken.Text(t.Words).TrimEnd('。') + "。" : "";
        return $"{Subject(parcel)}，{State(parcel, now)}{arrival}。{trouble}";
    }

    /// <summary>An incident that concerns it.</summary>
    public static string Of(Incident incident) => Spoken.Text($"{incident.Title}。{incident.Text}").TrimEnd('。') + "。";

    private static string Subject(SpokenParcel p) => p.Role switch
    {
        PartyRole.Recipient => p.FromCity.Length > 0 ? $"您有一件从{City(p.FromCity)}来的快件" : "您有一件快件",
        PartyRole.Sender => p.ToCity.Length > 0 ? $"您寄到{City(p.ToCity)}的快件" : "您寄出的快件",
        null => p.FromCity.Length > 0 && p.ToCity.Length > 0 ? $"这件从{City(p.FromCity)}寄到{City(p.ToCity)}的快件" : "这件快件",
    };

    private static string State(SpokenParcel p, DateTimeOffset now) => p.Status switch
    {
        ParcelStatus.Registered => "还在等待揽收",
        ParcelStatus.PickedUp => "已经揽收",
        ParcelStatus.Departed => "正在运输途中",
        ParcelStatus.Arrived => "已经到达中转站点",
        ParcelStatus.OutForDelivery => "正在派送",
        ParcelStatus.InLocker => "已经放进快递柜，请凭取件码领取",
        ParcelStatus.InStation => "已经到驿站，请及时领取",
        ParcelStatus.Signed => $"{Spoken.When(p.UpdatedAt, now)}已经签收",
        ParcelStatus.DeliveryFailed => "这次派送没有成功，快递员会再次派送",
        ParcelStatus.Held => "目前滞留",
        ParcelStatus.Refused => "收件人已经拒收",
        ParcelStatus.Returning => "正在退回",
        ParcelStatus.Returned => "已经退回寄件人",
        ParcelStatus.Damaged => "可能有破损，我们正在处理",
        ParcelStatus.Lost => "暂时没有找到，我们正在处理",
        ParcelStatus.Redirected => "已经改派到新的地址",
        ParcelStatus.Cancelled => "已经取消",
    };

    private static string City(string name) => name.Length > 2 && name.EndsWith('市') ? name[..^1] : name;
}
