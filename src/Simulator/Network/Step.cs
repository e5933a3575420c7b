namespace Courier.Simulator.Network;

/// <summary>One route event to come: what it says, and when it is due in the world's time.</summary>
internal sealed record Step(
    ParcelStage Stage, string Code, string City, string Place, string Text, DateTimeOffset Due,
    string? Operator = null, string? Reason = null, int? WeightGrams = null);

/// <summary>Which code book the events of a parcel are written in.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<CodeBook>))]
internal enum CodeBook { Own, Kuaidi100, Wechat }

/// <summary>From where to where a parcel goes.</summary>
internal sealed record Trip(City From, Outlet FromOutlet, City To, Outlet ToOutlet, CodeBook Codes, int WeightGrams)
{
    public bool IsLocal => From == To;
}

internal static class CodeBooks
{
    /// <summary>The code of a stage in the parcel's book; a stage that the book has no exact word for keeps our own.</summary>
    public static string Code(this CodeBook book, ParcelStage stage) => book switch
    {
        CodeBook.Own => stage.Code(),
        CodeBook.Kuaidi100 => Kuaidi100(stage) is { } sub ? $"kuaidi100:{sub}" : stage.Code(),
        CodeBook.Wechat => Wechat(stage) is { } action ? $"wechat:{action}" : stage.Code(),
    };

    static string? Kuaidi100(ParcelStage stage) => stage switch
    {
        ParcelStage.PickedUp => "103",
        ParcelStage.Departed => "1002",
        ParcelStage.Signed => "301",
        ParcelStage.DeliveryFailed => "204",
        ParcelStage.Held => "208",
        ParcelStage.Refused => "203",
        ParcelStage.Damaged => "209",
        ParcelStage.Registered or ParcelStage.Arrived or ParcelStage.OutForDelivery or ParcelStage.InLocker or ParcelStage.InStation
            or ParcelStage.Returning or ParcelStage.Returned or ParcelStage.Lost or ParcelStage.Redirected or ParcelStage.Cancelled => null,
    };

    static string? Wechat(ParcelStage stage) => stage switch
    {
        ParcelStage.PickedUp => "100001",
        ParcelStage.OutForDelivery => "300002",
        ParcelStage.Signed => "300003",
        ParcelStage.DeliveryFailed => "300004",
        ParcelStage.Held => "400002",
        ParcelStage.Cancelled => "400001",
        ParcelStage.Registered or ParcelStage.Departed or ParcelStage.Arrived or ParcelStage.InLocker or ParcelStage.InStation
            or ParcelStage.Refused or ParcelStage.Returning or ParcelStage.Returned or ParcelStage.Damaged or ParcelStage.Lost or ParcelStage.Redirected => null,
    };
}
