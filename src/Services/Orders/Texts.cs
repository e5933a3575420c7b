using Courier.Kernel;

namespace Courier.Services.Orders;

/// <summary>What customers, clerks and the carrier cores' operators read about orders.</summary>
internal static class Texts
{
    public const string SlotMissing = "请选择上门时间";
    public const string SlotUnknown = "没有这个上门时段，请从可选时段中选择";
    public const string QuoteUnknown = "没有找到这个报价，请重新询价";
    public const string QuoteMismatch = "报价与填写的地址或物品不一致，请重新询价";
    public const string NoPrice = "这个地方暂时没有报价，请核对省、市、区县";
    public const string ProductUnknown = "报价里没有这个产品";
    public const string OneParcelACell = "快递柜每个格口只放一件，请每件单独下单，或预约上门取件";
    public const string LargerThanCells = "这件比最大的格口还大，请预约上门取件或送到网点";
    public const string LargerThanTheCell = "已预留的格口放不下这么大的件，请取消后按新的尺寸重新下单，或改约上门取件";
    public const string CellTooSmall = "这个格口放不下这件，请选大一号";
    public const string CellSizeWrong = "格口大小须为 S、M 或 L";
    public const string TakenFromCell = "快件已从快递柜取出，由快递员带走。一天内没有物流更新的话，请联系人工客服核实。";
    public const string OtherLocker = "换到另一个快递柜";
    public const string LockerUnknown = "没有找到这个快递柜";
    public const string OutletUnknown = "没有找到这个网点";
    public const string OutletClosed = "这个网点目前不收寄快件，请换一个网点";
    public const string OutletElsewhere = "这个网点不在寄件地址所在的城市，请选择当地的网点，或把寄件地址改到网点所在的城市重新询价";
    public const string LockerElsewhere = "这个快递柜不在寄件地址所在的城市，请选择当地的快递柜，或把寄件地址改到柜子所在的城市重新询价";
    public const string AcceptElsewhere = "这个订单是从另一个城市寄出的，价格不同，本网点不能收寄，请让寄件人从本地重新下单";
    public const string PlaceUnknown = "没有找到这个省市区，请检查";
    public const string ShipmentsMissing = "请填写收件人和物品，一次最多 50 件";
    public const string NameWrong = "姓名须为 1 到 50 个字";
    public const string Masked = "姓名、电话或地址含有星号，请填写完整内容";
    public const string PhoneWrong = "电话号码无效";
    public const string ExtensionWrong = "分机号只能是 1 到 8 位数字";
    public const string AddressWrong = "请填写省、市和 1 到 200 个字的详细地址";
    public const string GoodsKindWrong = "请选择物品类别";
    public const string WeightWrong = "重量须在 1 克到 1000 公斤之间";
    public const string SizeWrong = "长、宽、高须在 1 毫米到 10 米之间";
    public const string MoneyWrong = "声明价值须在 0 到 30 万元之间";
    public const string TextTooLong = "内容过长";
    public const string QuoteMissing = "请带上报价编号和所选产品";
    public const string ConsentUnknown = "投递方式不在可选范围内";
    public const string NotInspected = "收寄前须开箱验视";
    public const string NotIdentified = "收寄前须核验寄件人身份";
    public const string WrongOutlet = "这个订单约定的是另一个网点，已按到店网点收寄";
    public const string OrderUnknown = "没有找到这个订单";
    public const string ReportMalformed = "内容不是有效的对象，或某个字段类型不符";
    public const string ReportId = "事件编号须为 1 到 64 个字符";
    public const string ReportCode = "状态代码无法识别";
    public const string SenderElsewhere = "寄件地址换了区县，请取消后重新下单";
    public const string ChangedMeanwhile = "订单刚刚有变化，请刷新后再改";
    public const string NothingToChange = "没有要修改的内容";
    public const string SeveralShipments = "请指明要修改哪一件";

    public static string OtherPrice(long fen) => $"改到这个时段，价格会{(fen > 0 ? "多" : "少")} {new Money(Math.Abs(fen))}（节假日或夜间加价不同）。请取消后按新的时段重新询价下单，或选择同价的时段";

    public static string NotAllowed(OrderAction action, OrderKind kind, OrderStatus status) => $"订单{OrderWords.Of(status, kind)}，不能{OrderWords.Of(action)}";
}
