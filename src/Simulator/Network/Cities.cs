using System.Globalization;

namespace Courier.Simulator.Network;

internal sealed record Outlet(string District, string Name);

internal sealed record City(string Name, string Province, string FullName, double Lat, double Lng, string Hub, IReadOnlyList<Outlet> Outlets)
{
    /// <summary>Air-line kilometres, good enough for choosing how long a truck drives.</summary>
    public double KilometresTo(City other)
    {
        var (lat, lng) = ((Lat - other.Lat) * 111.2, (Lng - other.Lng) * 111.2 * Math.Cos((Lat + other.Lat) / 2 * Math.PI / 180));
        return Math.Sqrt(lat * lat + lng * lng);
    }
}

/// <summary>The network: cities with their hub and some outlets.</summary>
internal static class Cities
{
    const string Table = """
        杭州|浙江省|杭州市|30.27|120.15|杭州萧山转运中心|西湖区:文三路营业点,滨江区:滨江星光营业点,余杭区:未来科技城营业点
        上海|上海市|上海市|31.23|121.47|上海浦江转运中心|浦东新区:张江营业点,杨浦区:五角场营业点,徐汇区:漕河泾营业点
        深圳|广东省|深圳市|22.55|114.06|深圳宝安转运中心|南山区:科技园营业点,福田区:华强北营业点,龙岗区:坂田营业点
        北京|北京市|北京市|39.90|116.40|北京顺义转运中心|海淀区:中关村营业点,朝阳区:望京营业点,丰台区:科技园区营业点
        广州|广东省|广州市|23.13|113.26|广州白云转运中心|天河区:体育东营业点,番禺区:市桥营业点
        成都|四川省|成都市|30.57|104.07|成都青白江转运中心|武侯区:桐梓林营业点,金牛区:茶店子营业点
        重庆|重庆市|重庆市|29.56|106.55|重庆巴南转运中心|渝中区:解放碑营业点,渝北区:龙溪营业点
        武汉|湖北省|武汉市|30.59|114.30|武汉东西湖转运中心|洪山区:光谷营业点,江汉区:江汉路营业点
        西安|陕西省|西安市|34.34|108.94|西安国际港转运中心|雁塔区:小寨营业点,未央区:未央路营业点
        南京|江苏省|南京市|32.06|118.79|南京江宁转运中心|鼓楼区:湖南路营业点,江宁区:百家湖营业点
        苏州|江苏省|苏州市|31.30|120.58|苏州吴中转运中心|姑苏区:观前营业点,昆山市:玉山营业点
        宁波|浙江省|宁波市|29.87|121.55|宁波鄞州转运中心|海曙区:鼓楼营业点,慈溪市:浒山营业点
        温州|浙江省|温州市|28.00|120.70|温州瓯海转运中心|鹿城区:五马营业点,龙港市:龙港营业点
        合肥|安徽省|合肥市|31.82|117.23|合肥肥东转运中心|蜀山区:三里庵营业点,包河区:滨湖营业点
        郑州|河南省|郑州市|34.75|113.63|郑州航空港转运中心|金水区:花园路营业点,中原区:碧沙岗营业点
        长沙|湖南省|长沙市|28.23|112.94|长沙黄花转运中心|岳麓区:麓谷营业点,雨花区:东塘营业点
        青岛|山东省|青岛市|36.07|120.38|青岛城阳转运中心|市南区:香港中路营业点,黄岛区:长江路营业点
        济南|山东省|济南市|36.65|117.12|济南历城转运中心|历下区:泉城路营业点,槐荫区:经十路营业点
        天津|天津市|天津市|39.13|117.20|天津武清转运中心|和平区:滨江道营业点,南开区:鞍山道营业点
        石家庄|河北省|石家庄市|38.04|114.51|石家庄正定转运中心|长安区:北国营业点,裕华区:万达营业点
        沈阳|辽宁省|沈阳市|41.80|123.43|沈阳于洪转运中心|和平区:太原街营业点,铁西区:兴华营业点
        哈尔滨|黑龙江省|哈尔滨市|45.80|126.53|哈尔滨平房转运中心|南岗区:学府路营业点,道里区:中央大街营业点
        厦门|福建省|厦门市|24.48|118.09|厦门集美转运中心|思明区:莲坂营业点,湖里区:五缘湾营业点
        福州|福建省|福州市|26.07|119.30|福州闽侯转运中心|鼓楼区:东街口营业点,仓山区:金山营业点
        南宁|广西壮族自治区|南宁市|22.82|108.37|南宁良庆转运中心|青秀区:民族大道营业点,西乡塘区:大学路营业点
        昆明|云南省|昆明市|25.04|102.71|昆明官渡转运中心|五华区:翠湖营业点,盘龙区:北京路营业点
        兰州|甘肃省|兰州市|36.06|103.83|兰州榆中转运中心|城关区:东方红营业点,七里河区:西站营业点
        乌鲁木齐|新疆维吾尔自治区|乌鲁木齐市|43.82|87.62|乌鲁木齐米东转运中心|天山区:大巴扎营业点,沙依巴克区:友好营业点
        """;

    public static IReadOnlyList<City> All { get; } = [.. Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>A city by what people call it: 杭州 or 杭州市. Null when the network does not reach it.</summary>
    public static City? Find(string? name) => All.FirstOrDefault(city => city.Name == name || city.FullName == name);

    public static City Any(Random random) => All[random.Next(All.Count)];

    static City Parse(string line)
    {
        var field = line.Trim().Split('|');
        var outlets = field[6].Split(',').Select(outlet => outlet.Split(':'))
            .Select(pair => new Outlet(pair[0], pair[1].StartsWith(field[0], StringComparison.Ordinal) ? pair[1] : field[0] + pair[1]));
        return new(field[0], field[1], field[2], Degrees(field[3]), Degrees(field[4]), field[5], [.. outlets]);
    }

    static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
