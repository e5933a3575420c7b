using System.Text.Json.Serialization;

namespace Courier.Simulator.Network;

/// <summary>Where a parcel stands, in the words of the carrier core's interface; Registered has no route event yet.</summary>
[JsonConverter(typeof(StageJson))]
internal enum ParcelStage
{
    Registered,
    PickedUp,
    Departed,
    Arrived,
    OutForDelivery,
    InLocker,
    InStation,
    Signed,
    DeliveryFailed,
    Held,
    Refused,
    Returning,
    Returned,
    Damaged,
    Lost,
    Redirected,
    Cancelled,
}

internal sealed class StageJson() : JsonStringEnumConverter<ParcelStage>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower);

internal static class ParcelStages
{
    static readonly Dictionary<ParcelStage, string> Codes = Enum.GetValues<ParcelStage>()
        .ToDictionary(stage => stage, stage => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString()));

    public static string Code(this ParcelStage stage) => Codes[stage];

    public static ParcelStage? Parse(string? code) =>
        Codes.Where(pair => pair.Value == code).Select(pair => (ParcelStage?)pair.Key).FirstOrDefault();

    public static bool IsFinal(this ParcelStage stage) => stage switch
    {
        ParcelStage.Signed or ParcelStage.Returned or ParcelStage.Lost or ParcelStage.Cancelled => true,
        ParcelStage.Registered or ParcelStage.PickedUp or ParcelStage.Departed or ParcelStage.Arrived or ParcelStage.OutForDelivery
            or ParcelStage.InLocker or ParcelStage.InStation or ParcelStage.DeliveryFailed or ParcelStage.Held or ParcelStage.Refused
            or ParcelStage.Returning or ParcelStage.Damaged or ParcelStage.Redirected => false,
    };
}
