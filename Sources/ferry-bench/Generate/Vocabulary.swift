/// A Chinese character of names and how it is read.
struct ReadCharacter: Sendable {
  let text: String
  let reading: String
}

/// A city, its province and its dialling code.
struct City: Sendable {
  let province: String
  let name: String
  let code: String
}

/// The words that rows are made of; none belongs to a real person.
enum Vocabulary {
  static let families: [ReadCharacter] = read(
    """
    wang王汪 li李黎 zhang张章 liu刘柳 chen陈 yang杨 huang黄 zhao赵 wu吴武 zhou周 xu徐许 sun孙 ma马 zhu朱祝 hu胡 guo郭 \
    he何贺 gao高 lin林 luo罗骆 zheng郑 liang梁 xie谢 song宋 tang唐汤 han韩 cao曹 deng邓 xiao肖 feng冯 zeng曾 cheng程 \
    cai蔡 peng彭 pan潘 yuan袁 yu于余 dong董 su苏 ye叶 lv吕 wei魏韦 jiang蒋江 tian田 du杜 ding丁 shen沈 ren任 yao姚 \
    fan范樊 fang方 shi石史 tan谭 liao廖 xiong熊 jin金 lu陆卢 hao郝 kong孔 bai白 cui崔 kang康 mao毛 qiu邱 qin秦 gu顾 \
    hou侯 shao邵 meng孟 long龙 wan万 duan段 lei雷 qian钱 yin尹 yan严 ouyang欧阳 shangguan上官
    """)

  static let given: [ReadCharacter] = read(
    """
    wei伟维薇玮 min敏民 jing静晶敬 li丽莉力 qiang强 lei磊蕾 jun军君俊 yang洋阳扬 yong勇永 yan燕艳岩 jie杰洁捷 juan娟 \
    tao涛韬 ming明铭 chao超 xia霞 ping平萍 gang刚 gui桂贵 hua华花 hong红宏鸿 fei飞菲 xin欣新鑫 bo波博 hui辉慧惠 ying英莹颖 \
    yu宇玉雨 jian建健 wen文雯 zhi志智 hao浩昊 ting婷庭 xue雪学 chen晨辰 zi子梓 han涵晗 xuan轩萱 yi怡毅艺 rui瑞睿 jia佳嘉家 \
    qi琪琦奇 lin琳霖 dan丹 na娜 kai凯恺 bin斌彬 sheng胜盛 guo国 dong东冬 chun春 mei梅美 yun云芸 xiao晓潇 qing青清晴 \
    shan珊山 ning宁 peng鹏 liang亮 xu旭 ke可科 nan楠男 ran然冉 yue月悦 zhe哲 si思 xi希曦 tong彤桐 mo墨沫
    """)

  /// The characters that read like a given one, itself among them.
  static let homophones: [String: [String]] = Dictionary(
    grouping: given, by: \.reading
  ).values.reduce(into: [:]) { result, group in
    guard group.count > 1 else { return }
    for character in group { result[character.text] = group.map(\.text) }
  }

  static let firstNames = words(
    """
    Olivia Noah Amelia Liam Isla George Ava Oscar Mia Arthur Grace Henry Freya Leo Lily Jack Emily Charlie Ivy Thomas \
    Ella Jacob Rosie Alfie Evie Oliver Florence Harry Poppy William Charlotte James Willow Theodore Evelyn Archie Elsie \
    Joshua Sophie Alexander Sienna Max Alice Lucas Ruby Edward Matilda Isaac Phoebe Samuel Harper Daniel Daisy Joseph \
    Anna Benjamin Robert Katherine Michael Susan Christopher Margaret
    """)
  static let lastNames = words(
    """
    Miller Taylor Wilson Evans Thomas Roberts Johnson Lewis Walker Robinson Wood Thompson White Watson Jackson Wright \
    Green Harris Cooper King Lee Martin Clarke James Morgan Hughes Edwards Hill Moore Clark Harrison Scott Young Morris \
    Hall Ward Turner Carter Phillips Mitchell Patel Adams Campbell Anderson Allen Cook Bailey Parker Miller Davies \
    O'Neill MacLeod Müller Núñez Smith-Jones
    """)
  static let nicknames = [
    "Thomas": "Tom", "William": "Will", "Katherine": "Kate", "Robert": "Rob", "Michael": "Mick",
    "Margaret": "Maggie", "Benjamin": "Ben", "Joseph": "Joe", "Samuel": "Sam", "Edward": "Ned",
    "Christopher": "Kit", "Susan": "Sue", "Alexander": "Alex", "Matilda": "Tilly",
  ]

  static let cities: [City] = words(
    """
    北京:北京:010 上海:上海:021 天津:天津:022 重庆:重庆:023 广东:广州:020 广东:深圳:0755 广东:佛山:0757 江苏:南京:025 \
    江苏:苏州:0512 江苏:无锡:0510 浙江:杭州:0571 浙江:宁波:0574 浙江:温州:0577 四川:成都:028 湖北:武汉:027 陕西:西安:029 \
    山东:青岛:0532 山东:济南:0531 福建:厦门:0592 福建:福州:0591 湖南:长沙:0731 河南:郑州:0371 辽宁:沈阳:024 安徽:合肥:0551
    """
  ).map { line in
    let parts = line.split(separator: ":").map { String($0) }
    return City(province: parts[0], name: parts[1], code: parts[2])
  }
  static let directCities: Set<String> = ["北京", "上海", "天津", "重庆"]
  static let districts = words("城东 城西 新城 高新 江北 江南 开发 滨湖 临港 东湖 西山 南山 北塘 金水 白云 青山")
  static let roads = words("人民 中山 建设 解放 长江 黄河 科技 创业 滨江 学府 工业 迎宾 朝阳 和平 文化 金融 府前 站前")
  static let brands = words(
    "华 鼎 信 瑞 恒 泰 盛 宏 远 达 锦 鑫 天 地 海 龙 通 联 创 智 云 数 星 辰 明 德 诚 义 和 兴 中 新 东 方 凯 博 源 丰 润 邦")
  static let trades = words(
    "科技 信息技术 软件 电子 机械设备 贸易 物流 医疗器械 生物科技 新能源 建筑工程 文化传媒 网络科技 管理咨询 教育科技 食品 环保 自动化")
  static let legalForms = words("有限公司 有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司")
  static let englishBrands = words(
    """
    Northwind Bluestone Clearwater Redwood Ironbridge Silverline Oakfield Brightpath Lakeshore Highmoor Stonegate \
    Riverbend Fairview Westbrook Kingfisher Larkspur Meridian Halcyon Solstice Cobalt Juniper Cascade Tamarind Beacon
    """)
  static let englishTrades = words(
    "Systems Logistics Trading Software Medical Energy Foods Media Robotics Consulting Textiles Labs"
  )
  static let englishForms = ["Ltd.", "Inc.", "LLC", "Co., Ltd.", "GmbH", "Pty Ltd"]
  static let streets = words(
    "Mill Church Station Park Victoria Queen Bridge Orchard Chapel Market Spring Grove")
  static let englishCities = [
    "Leeds", "Bristol", "Austin, TX", "Portland, OR", "Perth WA", "Leipzig",
  ]
  static let domains = words("qq.com 163.com 126.com sina.com outlook.com gmail.com foxmail.com")

  static let owners: [String] = words("王 李 张 刘 陈 杨 赵 周").flatMap { family in
    words("敏 强 静 磊 Amy Leo").map { family + $0 }
  }
  static let stages = words("线索转入 初步接洽 需求分析 方案报价 谈判审核 赢单 输单 Proposal Negotiation Won Lost WON")
  static let notes = [
    "客户要求周五前回复", "已寄样品", "需\"总监\"审批", "call again next week", "合同号 ", "联系人已离职，转交助理", "met at 展会",
    "对价格敏感",
    "预算 50,000 左右", "left voicemail", "see e-mail; <draft> & scope", "下月复访",
  ]

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map { String($0) }
  }

  private static func read(_ text: String) -> [ReadCharacter] {
    words(text).flatMap { group in
      let reading = String(group.prefix { $0.isASCII })
      let characters = group.dropFirst(reading.count)
      if reading == "ouyang" || reading == "shangguan" {
        return [ReadCharacter(text: String(characters), reading: reading)]
      }
      return characters.map { ReadCharacter(text: String($0), reading: reading) }
    }
  }
}
